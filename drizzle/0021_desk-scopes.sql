-- Forced row-level security would keep a login that is no superuser from its own rows; it is forced again at the end.
ALTER TABLE "approval_desks" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "record_changes" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "audit" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "channels" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "approval_desks" ADD COLUMN "set_by_id" uuid;--> statement-breakpoint
ALTER TABLE "approval_desks" ADD COLUMN "unit_id" uuid;--> statement-breakpoint
UPDATE "approval_desks" SET "set_by_id" = coalesce(
	(SELECT "audit"."actor_id" FROM "record_changes"
		JOIN "audit" ON "audit"."org_id" = "record_changes"."org_id" AND "audit"."id" = "record_changes"."audit_id"
		WHERE "record_changes"."org_id" = "approval_desks"."org_id" AND "record_changes"."kind" = 'approval-desk'
			AND "record_changes"."record_id" = "approval_desks"."id" AND "audit"."action" = 'approvals.desk'
		ORDER BY "record_changes"."at" DESC LIMIT 1),
	(SELECT "set_by" FROM "channels" WHERE "channels"."org_id" = "approval_desks"."org_id" AND "channels"."id" = "approval_desks"."channel_id")
);
