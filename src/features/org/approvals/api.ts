export { approvalCard, readerOf } from './cards.ts';
export { showWaiting } from './desks.ts';
export { approvalChanged, approvalDecided } from './events.ts';
export { waitingRow } from './list-card.ts';
export { type ApprovalStatus, type ApprovalView, approvalView } from './model.ts';
export { floorOf, type PolicyRules } from './policy.ts';
export { currentPolicy, numberOf as approvalNumber, pendingOf } from './queries.ts';
export type { ApprovalRow } from './record.ts';
export { alreadyOpen, needsNobody, type Request, type Requested, requestApproval } from './request.ts';
export { approvalViewOf, approvalViews } from './view.ts';
export {
  unansweredRequests,
  type WaitingRequest,
  type WaitingView,
  waitingApprovals,
  waitingView,
} from './waiting.ts';
export { reviewSubjects } from './watch.ts';
