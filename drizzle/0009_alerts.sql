CREATE TABLE "alert_messages" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"channel_id" uuid,
	"member_id" uuid,
	"record_id" uuid,
	"root_id" uuid,
	"fold" text,
	"on" date NOT NULL,
	"posted_at" timestamp with time zone NOT NULL,
	CONSTRAINT "alert_messages_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "alert_messages" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "alert_rules" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"channel_id" uuid,
	"member_id" uuid,
	"kind" text NOT NULL,
	"unit_id" uuid,
	"floor_minor" bigint,
	"floor_currency" char(3),
	"set_by" uuid NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"archived_at" timestamp with time zone,
	"source" text,
	"external_id" text,
	CONSTRAINT "alert_rules_org_id_id_pk" PRIMARY KEY("org_id","id"),
	CONSTRAINT "alert_rules_of" UNIQUE NULLS NOT DISTINCT("org_id","channel_id","member_id","kind")
);
--> statement-breakpoint
ALTER TABLE "alert_rules" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "alert_tellings" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"alert_id" uuid NOT NULL,
	"channel_id" uuid,
	"member_id" uuid,
	"rule_id" uuid NOT NULL,
	"state" text NOT NULL,
	"message_id" uuid,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "alert_tellings_org_id_id_pk" PRIMARY KEY("org_id","id"),
	CONSTRAINT "alert_tellings_once" UNIQUE NULLS NOT DISTINCT("org_id","alert_id","channel_id","member_id")
);
--> statement-breakpoint
ALTER TABLE "alert_tellings" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "alerts" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"record_kind" text NOT NULL,
	"record_id" uuid NOT NULL,
	"owner_id" uuid,
	"amount_minor" bigint,
	"currency" char(3),
	"facts" jsonb NOT NULL,
	"first_at" timestamp with time zone NOT NULL,
	"last_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"ending" text,
	CONSTRAINT "alerts_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "alerts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE INDEX "alert_messages_record" ON "alert_messages" USING btree ("org_id","record_id","posted_at");--> statement-breakpoint
CREATE INDEX "alert_messages_day" ON "alert_messages" USING btree ("org_id","channel_id","member_id","on");--> statement-breakpoint
CREATE INDEX "alert_rules_kind" ON "alert_rules" USING btree ("org_id","kind");--> statement-breakpoint
CREATE INDEX "alert_tellings_message" ON "alert_tellings" USING btree ("org_id","message_id");--> statement-breakpoint
CREATE INDEX "alert_tellings_held" ON "alert_tellings" USING btree ("org_id","at") WHERE state = 'held';--> statement-breakpoint
CREATE UNIQUE INDEX "alerts_open" ON "alerts" USING btree ("org_id","kind","record_id") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "alerts_record" ON "alerts" USING btree ("org_id","record_id");--> statement-breakpoint
CREATE POLICY "alert_messages_own" ON "alert_messages" AS PERMISSIVE FOR ALL TO "crm_app" USING ((select current_setting('app.org_id')::uuid) = org_id) WITH CHECK ((select current_setting('app.org_id')::uuid) = org_id);--> statement-breakpoint
CREATE POLICY "alert_rules_own" ON "alert_rules" AS PERMISSIVE FOR ALL TO "crm_app" USING ((select current_setting('app.org_id')::uuid) = org_id) WITH CHECK ((select current_setting('app.org_id')::uuid) = org_id);--> statement-breakpoint
CREATE POLICY "alert_tellings_own" ON "alert_tellings" AS PERMISSIVE FOR ALL TO "crm_app" USING ((select current_setting('app.org_id')::uuid) = org_id) WITH CHECK ((select current_setting('app.org_id')::uuid) = org_id);--> statement-breakpoint
CREATE POLICY "alerts_own" ON "alerts" AS PERMISSIVE FOR ALL TO "crm_app" USING ((select current_setting('app.org_id')::uuid) = org_id) WITH CHECK ((select current_setting('app.org_id')::uuid) = org_id);