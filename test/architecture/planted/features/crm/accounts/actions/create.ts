import 'drizzle-orm';
import 'hono';
import '../../../../store/tables/people.ts';
import '../../../org/members/imports-downstream.ts';
import '../../../../infra/logger.ts';
