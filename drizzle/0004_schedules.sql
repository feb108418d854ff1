CREATE TABLE "schedule_runs" (
	"org_id" uuid NOT NULL,
	"job" text NOT NULL,
	"scope" text NOT NULL,
	"slot" text NOT NULL,
	"destination" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"is_late" boolean NOT NULL,
	CONSTRAINT "schedule_runs_org_id_job_scope_slot_destination_pk" PRIMARY KEY("org_id","job","scope","slot","destination")
);
--> statement-breakpoint
ALTER TABLE "schedule_runs" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "schedules" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"job" text NOT NULL,
	"scope" text NOT NULL,
	"destination" text NOT NULL,
	"payload" jsonb NOT NULL,
	"rule" jsonb NOT NULL,
	"time_zone" text,
	"next_run_at" timestamp with time zone NOT NULL,
	"next_on" date NOT NULL,
	"last_run_at" timestamp with time zone,
	"missed_since" timestamp with time zone,
	"paused_at" timestamp with time zone,
	"paused_reason" text,
	"created_by" uuid,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "schedules_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "schedules" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE INDEX "schedule_runs_at" ON "schedule_runs" USING btree ("org_id","at");--> statement-breakpoint
CREATE INDEX "schedules_due" ON "schedules" USING btree ("next_run_at") WHERE paused_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "schedules_one" ON "schedules" USING btree ("org_id","job","scope","destination");--> statement-breakpoint
CREATE INDEX "schedules_destination" ON "schedules" USING btree ("org_id","destination");--> statement-breakpoint
CREATE POLICY "organizations_relay" ON "organizations" AS PERMISSIVE FOR SELECT TO "crm_relay" USING (true);--> statement-breakpoint
CREATE POLICY "schedule_runs_own" ON "schedule_runs" AS PERMISSIVE FOR ALL TO "crm_app" USING ((select current_setting('app.org_id')::uuid) = org_id) WITH CHECK ((select current_setting('app.org_id')::uuid) = org_id);--> statement-breakpoint
CREATE POLICY "schedule_runs_relay" ON "schedule_runs" AS PERMISSIVE FOR ALL TO "crm_relay" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "schedules_own" ON "schedules" AS PERMISSIVE FOR ALL TO "crm_app" USING ((select current_setting('app.org_id')::uuid) = org_id) WITH CHECK ((select current_setting('app.org_id')::uuid) = org_id);--> statement-breakpoint
CREATE POLICY "schedules_relay" ON "schedules" AS PERMISSIVE FOR ALL TO "crm_relay" USING (true) WITH CHECK (true);