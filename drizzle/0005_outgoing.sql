CREATE TABLE "gates" (
	"org_id" uuid NOT NULL,
	"key" text NOT NULL,
	"used_up_to" timestamp with time zone,
	"failures" integer DEFAULT 0 NOT NULL,
	"closed_until" timestamp with time zone,
	"paused_at" timestamp with time zone,
	"paused_reason" text,
	CONSTRAINT "gates_org_id_key_pk" PRIMARY KEY("org_id","key")
);
--> statement-breakpoint
ALTER TABLE "gates" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "posts" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"notification" text NOT NULL,
	"key" text NOT NULL,
	"platform" text NOT NULL,
	"installation" text NOT NULL,
	"place_kind" text NOT NULL,
	"place_id" text NOT NULL,
	"member_id" uuid,
	"locale" text NOT NULL,
	"time_zone" text NOT NULL,
	"payload" jsonb NOT NULL,
	"folded_into" uuid,
	"cause_audit_id" uuid,
	"queued_at" timestamp with time zone DEFAULT now() NOT NULL,
	"message_ref" jsonb,
	"sent_at" timestamp with time zone,
	"edited_at" timestamp with time zone,
	"gone_at" timestamp with time zone,
	CONSTRAINT "posts_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "posts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "op" text;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "post_id" uuid;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "queued_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "begun_at" timestamp with time zone;--> statement-breakpoint
CREATE UNIQUE INDEX "posts_once" ON "posts" USING btree ("org_id","notification","key","platform","installation","place_kind","place_id");--> statement-breakpoint
CREATE INDEX "posts_place" ON "posts" USING btree ("org_id","platform","installation","place_kind","place_id","queued_at");--> statement-breakpoint
CREATE INDEX "posts_queued" ON "posts" USING btree ("org_id","queued_at");--> statement-breakpoint
CREATE INDEX "posts_folded" ON "posts" USING btree ("org_id","folded_into") WHERE folded_into is not null;--> statement-breakpoint
CREATE INDEX "outbox_order" ON "outbox" USING btree ("org_id","order_key","position") WHERE state in ('ready', 'sending');--> statement-breakpoint
CREATE INDEX "outbox_trouble" ON "outbox" USING btree ("org_id","position") WHERE state in ('uncertain', 'paused', 'dead');--> statement-breakpoint
CREATE INDEX "outbox_post" ON "outbox" USING btree ("org_id","post_id");--> statement-breakpoint
CREATE POLICY "gates_own" ON "gates" AS PERMISSIVE FOR ALL TO "crm_app" USING ((select current_setting('app.org_id')::uuid) = org_id) WITH CHECK ((select current_setting('app.org_id')::uuid) = org_id);--> statement-breakpoint
CREATE POLICY "gates_relay" ON "gates" AS PERMISSIVE FOR ALL TO "crm_relay" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "posts_own" ON "posts" AS PERMISSIVE FOR ALL TO "crm_app" USING ((select current_setting('app.org_id')::uuid) = org_id) WITH CHECK ((select current_setting('app.org_id')::uuid) = org_id);--> statement-breakpoint
CREATE POLICY "posts_relay" ON "posts" AS PERMISSIVE FOR ALL TO "crm_relay" USING (true) WITH CHECK (true);--> statement-breakpoint
-- Forced row-level security would keep a login that is no superuser from its own rows; it is forced again at the end.
ALTER TABLE "outbox" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
UPDATE "outbox" SET "op" = 'send' WHERE "kind" = 'delivery';
