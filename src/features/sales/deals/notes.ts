import type { Ctx } from '../../../runtime/context.ts';
import { logActivity } from '../../crm/activities/api.ts';
import type { DealRow } from './record.ts';

/** What was said with a step of a deal goes into its history, and into its customer's. */
export async function keepNote(ctx: Ctx, deal: DealRow, note: string | undefined): Promise<void> {
  if (note === undefined) return;
  await logActivity(ctx, { kind: 'note', note, dealId: deal.id, accountId: deal.accountId });
}
