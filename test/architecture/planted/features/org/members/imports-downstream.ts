import '../../crm/accounts/api.ts';
