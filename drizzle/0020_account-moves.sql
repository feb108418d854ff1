CREATE TABLE "account_moves" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"from_id" uuid NOT NULL,
	"to_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "account_moves_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "account_moves" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE INDEX "account_moves_from" ON "account_moves" USING btree ("org_id","from_id");--> statement-breakpoint
CREATE INDEX "account_moves_to" ON "account_moves" USING btree ("org_id","to_id");--> statement-breakpoint
CREATE POLICY "account_moves_own" ON "account_moves" AS PERMISSIVE FOR SELECT TO "crm_app" USING ((select current_setting('app.org_id')::uuid) = org_id);--> statement-breakpoint
CREATE POLICY "account_moves_append" ON "account_moves" AS PERMISSIVE FOR INSERT TO "crm_app" WITH CHECK ((select current_setting('app.org_id')::uuid) = org_id);