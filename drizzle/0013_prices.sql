CREATE TABLE "book_prices" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"product_id" uuid NOT NULL,
	"for_class" text NOT NULL,
	"currency" char(3) NOT NULL,
	"from_quantity" integer NOT NULL,
	"unit_minor" bigint NOT NULL,
	"valid_from_on" date NOT NULL,
	"valid_until_on" date,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"archived_at" timestamp with time zone,
	"source" text,
	"external_id" text,
	CONSTRAINT "book_prices_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "book_prices" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "products" ADD COLUMN "cost_minor" bigint;--> statement-breakpoint
ALTER TABLE "products" ADD COLUMN "cost_currency" char(3);--> statement-breakpoint
ALTER TABLE "products" ADD COLUMN "floor_basis_points" integer;--> statement-breakpoint
CREATE INDEX "book_prices_product" ON "book_prices" USING btree ("org_id","product_id");--> statement-breakpoint
CREATE UNIQUE INDEX "book_prices_external" ON "book_prices" USING btree ("org_id","source","external_id");--> statement-breakpoint
CREATE UNIQUE INDEX "book_prices_start" ON "book_prices" USING btree ("org_id","product_id","currency","for_class","from_quantity","valid_from_on") WHERE archived_at is null;--> statement-breakpoint
CREATE POLICY "book_prices_own" ON "book_prices" AS PERMISSIVE FOR ALL TO "crm_app" USING ((select current_setting('app.org_id')::uuid) = org_id) WITH CHECK ((select current_setting('app.org_id')::uuid) = org_id);