import { orgTable } from '../store/org-table.ts';

export { orgTable };
