CREATE TABLE "approval_desks" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"kind" text,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"archived_at" timestamp with time zone,
	"source" text,
	"external_id" text,
	CONSTRAINT "approval_desks_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "approval_desks" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "approval_log" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"approval_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"entry" text NOT NULL,
	"member_id" uuid,
	"member_name" text,
	"via" text NOT NULL,
	"note" text,
	"details" jsonb NOT NULL,
	CONSTRAINT "approval_log_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "approval_log" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "approval_policies" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"policy_version" integer NOT NULL,
	"rules" jsonb NOT NULL,
	"set_by_id" uuid,
	"set_at" timestamp with time zone NOT NULL,
	CONSTRAINT "approval_policies_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "approval_policies" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "approval_steps" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"approval_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"part" jsonb NOT NULL,
	"need" text NOT NULL,
	"state" text NOT NULL,
	"seats" jsonb NOT NULL,
	"opened_at" timestamp with time zone,
	"escalate_at" timestamp with time zone,
	"escalated_at" timestamp with time zone,
	"passed_by_id" uuid,
	"passed_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"archived_at" timestamp with time zone,
	"source" text,
	"external_id" text,
	CONSTRAINT "approval_steps_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "approval_steps" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "approval_substitutes" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"substitute_id" uuid NOT NULL,
	"from_on" date NOT NULL,
	"until_on" date NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"archived_at" timestamp with time zone,
	"source" text,
	"external_id" text,
	CONSTRAINT "approval_substitutes_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "approval_substitutes" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "approvals" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"number" integer NOT NULL,
	"kind" text NOT NULL,
	"subject" jsonb NOT NULL,
	"subject_id" uuid NOT NULL,
	"requester_id" uuid NOT NULL,
	"asked" jsonb NOT NULL,
	"terms" jsonb NOT NULL,
	"terms_version" integer DEFAULT 1 NOT NULL,
	"facts" jsonb NOT NULL,
	"policy_version" integer NOT NULL,
	"subject_owner_id" uuid,
	"involved_ids" uuid[] NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"note" text,
	"requested_at" timestamp with time zone NOT NULL,
	"answer_by" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"countered_by_id" uuid,
	"decided_by_id" uuid,
	"decided_at" timestamp with time zone,
	"decided_via" text,
	"decided_note" text,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"archived_at" timestamp with time zone,
	"source" text,
	"external_id" text,
	CONSTRAINT "approvals_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "approvals" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE UNIQUE INDEX "approval_desks_channel" ON "approval_desks" USING btree ("org_id","channel_id");--> statement-breakpoint
CREATE INDEX "approval_log_approval" ON "approval_log" USING btree ("org_id","approval_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "approval_policies_version" ON "approval_policies" USING btree ("org_id","kind","policy_version");--> statement-breakpoint
CREATE INDEX "approval_steps_approval" ON "approval_steps" USING btree ("org_id","approval_id","position");--> statement-breakpoint
CREATE INDEX "approval_substitutes_member" ON "approval_substitutes" USING btree ("org_id","member_id","until_on");--> statement-breakpoint
CREATE UNIQUE INDEX "approvals_number" ON "approvals" USING btree ("org_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "approvals_one_pending" ON "approvals" USING btree ("org_id","kind","subject_id") WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX "approvals_pending" ON "approvals" USING btree ("org_id","requested_at") WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX "approvals_subject" ON "approvals" USING btree ("org_id","subject_id","requested_at");--> statement-breakpoint
CREATE INDEX "approvals_requester" ON "approvals" USING btree ("org_id","requester_id","requested_at");--> statement-breakpoint
CREATE POLICY "approval_desks_own" ON "approval_desks" AS PERMISSIVE FOR ALL TO "crm_app" USING ((select current_setting('app.org_id')::uuid) = org_id) WITH CHECK ((select current_setting('app.org_id')::uuid) = org_id);--> statement-breakpoint
CREATE POLICY "approval_log_own" ON "approval_log" AS PERMISSIVE FOR SELECT TO "crm_app" USING ((select current_setting('app.org_id')::uuid) = org_id);--> statement-breakpoint
CREATE POLICY "approval_log_append" ON "approval_log" AS PERMISSIVE FOR INSERT TO "crm_app" WITH CHECK ((select current_setting('app.org_id')::uuid) = org_id);--> statement-breakpoint
CREATE POLICY "approval_policies_own" ON "approval_policies" AS PERMISSIVE FOR SELECT TO "crm_app" USING ((select current_setting('app.org_id')::uuid) = org_id);--> statement-breakpoint
CREATE POLICY "approval_policies_append" ON "approval_policies" AS PERMISSIVE FOR INSERT TO "crm_app" WITH CHECK ((select current_setting('app.org_id')::uuid) = org_id);--> statement-breakpoint
CREATE POLICY "approval_steps_own" ON "approval_steps" AS PERMISSIVE FOR ALL TO "crm_app" USING ((select current_setting('app.org_id')::uuid) = org_id) WITH CHECK ((select current_setting('app.org_id')::uuid) = org_id);--> statement-breakpoint
CREATE POLICY "approval_substitutes_own" ON "approval_substitutes" AS PERMISSIVE FOR ALL TO "crm_app" USING ((select current_setting('app.org_id')::uuid) = org_id) WITH CHECK ((select current_setting('app.org_id')::uuid) = org_id);--> statement-breakpoint
CREATE POLICY "approvals_own" ON "approvals" AS PERMISSIVE FOR ALL TO "crm_app" USING ((select current_setting('app.org_id')::uuid) = org_id) WITH CHECK ((select current_setting('app.org_id')::uuid) = org_id);