CREATE TABLE "discounts" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"approval_id" uuid,
	"deal_id" uuid NOT NULL,
	"account_id" uuid,
	"quote_id" uuid,
	"currency" char(3) NOT NULL,
	"base_minor" bigint NOT NULL,
	"result_minor" bigint NOT NULL,
	"percent_basis_points" integer NOT NULL,
	"granted_at" timestamp with time zone NOT NULL,
	"granted_by_id" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"archived_at" timestamp with time zone,
	"source" text,
	"external_id" text,
	CONSTRAINT "discounts_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "discounts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE INDEX "discounts_deal" ON "discounts" USING btree ("org_id","deal_id","granted_at");--> statement-breakpoint
CREATE INDEX "discounts_account" ON "discounts" USING btree ("org_id","account_id","granted_at");--> statement-breakpoint
CREATE POLICY "discounts_own" ON "discounts" AS PERMISSIVE FOR ALL TO "crm_app" USING ((select current_setting('app.org_id')::uuid) = org_id) WITH CHECK ((select current_setting('app.org_id')::uuid) = org_id);