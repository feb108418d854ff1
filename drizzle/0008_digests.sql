CREATE TABLE "digest_figures" (
	"org_id" uuid NOT NULL,
	"run_id" uuid NOT NULL,
	"name" text NOT NULL,
	"label" jsonb NOT NULL,
	"rows" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "digest_figures_org_id_run_id_name_pk" PRIMARY KEY("org_id","run_id","name")
);
--> statement-breakpoint
ALTER TABLE "digest_figures" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "digest_runs" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"key" text NOT NULL,
	"kind" text NOT NULL,
	"on_day" date NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"is_late" boolean NOT NULL,
	"skipped" text,
	"said" jsonb,
	"records" text[] NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "digest_runs_org_id_id_pk" PRIMARY KEY("org_id","id"),
	CONSTRAINT "digest_runs_key" UNIQUE("org_id","key")
);
--> statement-breakpoint
ALTER TABLE "digest_runs" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "digests" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"channel_id" uuid,
	"member_id" uuid,
	"unit_id" uuid,
	"rule" jsonb NOT NULL,
	"set_by" uuid NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"archived_at" timestamp with time zone,
	"source" text,
	"external_id" text,
	CONSTRAINT "digests_org_id_id_pk" PRIMARY KEY("org_id","id"),
	CONSTRAINT "digests_one" UNIQUE NULLS NOT DISTINCT("org_id","kind","channel_id","member_id")
);
--> statement-breakpoint
ALTER TABLE "digests" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE INDEX "digest_runs_as_of" ON "digest_runs" USING btree ("org_id","as_of");--> statement-breakpoint
CREATE POLICY "digest_figures_own" ON "digest_figures" AS PERMISSIVE FOR ALL TO "crm_app" USING ((select current_setting('app.org_id')::uuid) = org_id) WITH CHECK ((select current_setting('app.org_id')::uuid) = org_id);--> statement-breakpoint
CREATE POLICY "digest_runs_own" ON "digest_runs" AS PERMISSIVE FOR ALL TO "crm_app" USING ((select current_setting('app.org_id')::uuid) = org_id) WITH CHECK ((select current_setting('app.org_id')::uuid) = org_id);--> statement-breakpoint
CREATE POLICY "digests_own" ON "digests" AS PERMISSIVE FOR ALL TO "crm_app" USING ((select current_setting('app.org_id')::uuid) = org_id) WITH CHECK ((select current_setting('app.org_id')::uuid) = org_id);