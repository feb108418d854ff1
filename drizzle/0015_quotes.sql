CREATE TABLE "quote_lines" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"terms_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"product_id" uuid,
	"name" text NOT NULL,
	"quantity" integer NOT NULL,
	"unit_minor" bigint,
	"list_unit_minor" bigint,
	"cost_unit_minor" bigint,
	"amount_minor" bigint NOT NULL,
	CONSTRAINT "quote_lines_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "quote_lines" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "quote_versions" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"quote_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"currency" char(3) NOT NULL,
	"list_minor" bigint,
	"net_minor" bigint NOT NULL,
	"discount_basis_points" integer NOT NULL,
	"total_minor" bigint NOT NULL,
	"cost_minor" bigint,
	"valid_until" date NOT NULL,
	"tax_note" text,
	"change" text NOT NULL,
	"editor_id" uuid,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "quote_versions_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "quote_versions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "quotes" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"number" integer NOT NULL,
	"deal_id" uuid NOT NULL,
	"name" text NOT NULL,
	"status" text DEFAULT 'draft' NOT NULL,
	"terms_id" uuid NOT NULL,
	"terms_version" integer NOT NULL,
	"total_minor" bigint NOT NULL,
	"currency" char(3) NOT NULL,
	"valid_until" date NOT NULL,
	"sent_at" timestamp with time zone,
	"closed_on" date,
	"reason" text,
	"creator_id" uuid,
	"last_editor_id" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"archived_at" timestamp with time zone,
	"source" text,
	"external_id" text,
	CONSTRAINT "quotes_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "quotes" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE UNIQUE INDEX "quote_lines_position" ON "quote_lines" USING btree ("org_id","terms_id","position");--> statement-breakpoint
CREATE UNIQUE INDEX "quote_versions_version" ON "quote_versions" USING btree ("org_id","quote_id","version");--> statement-breakpoint
CREATE UNIQUE INDEX "quotes_number" ON "quotes" USING btree ("org_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "quotes_external" ON "quotes" USING btree ("org_id","source","external_id");--> statement-breakpoint
CREATE INDEX "quotes_deal" ON "quotes" USING btree ("org_id","deal_id");--> statement-breakpoint
CREATE UNIQUE INDEX "quotes_accepted" ON "quotes" USING btree ("org_id","deal_id") WHERE status = 'accepted' and archived_at is null;--> statement-breakpoint
CREATE INDEX "quotes_pending" ON "quotes" USING btree ("org_id","valid_until") WHERE status in ('draft', 'sent') and archived_at is null;--> statement-breakpoint
CREATE POLICY "quote_lines_own" ON "quote_lines" AS PERMISSIVE FOR SELECT TO "crm_app" USING ((select current_setting('app.org_id')::uuid) = org_id);--> statement-breakpoint
CREATE POLICY "quote_lines_append" ON "quote_lines" AS PERMISSIVE FOR INSERT TO "crm_app" WITH CHECK ((select current_setting('app.org_id')::uuid) = org_id);--> statement-breakpoint
CREATE POLICY "quote_versions_own" ON "quote_versions" AS PERMISSIVE FOR SELECT TO "crm_app" USING ((select current_setting('app.org_id')::uuid) = org_id);--> statement-breakpoint
CREATE POLICY "quote_versions_append" ON "quote_versions" AS PERMISSIVE FOR INSERT TO "crm_app" WITH CHECK ((select current_setting('app.org_id')::uuid) = org_id);--> statement-breakpoint
CREATE POLICY "quotes_own" ON "quotes" AS PERMISSIVE FOR ALL TO "crm_app" USING ((select current_setting('app.org_id')::uuid) = org_id) WITH CHECK ((select current_setting('app.org_id')::uuid) = org_id);