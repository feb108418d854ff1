CREATE TABLE "value_class_rules" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"a_from_minor" bigint NOT NULL,
	"b_from_minor" bigint NOT NULL,
	"currency" char(3) NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"archived_at" timestamp with time zone,
	"source" text,
	"external_id" text,
	CONSTRAINT "value_class_rules_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "value_class_rules" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "value_class_by" text;--> statement-breakpoint
CREATE UNIQUE INDEX "value_class_rules_one" ON "value_class_rules" USING btree ("org_id");--> statement-breakpoint
CREATE POLICY "value_class_rules_own" ON "value_class_rules" AS PERMISSIVE FOR ALL TO "crm_app" USING ((select current_setting('app.org_id')::uuid) = org_id) WITH CHECK ((select current_setting('app.org_id')::uuid) = org_id);