CREATE TABLE "organizations" (
	"org_id" uuid PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"currency" char(3) NOT NULL,
	"time_zone" text NOT NULL,
	"locale" text DEFAULT 'en' NOT NULL,
	"workdays" jsonb DEFAULT '[1,2,3,4,5]'::jsonb NOT NULL,
	"workday_starts_at" text DEFAULT '09:00' NOT NULL,
	"workday_ends_at" text DEFAULT '18:00' NOT NULL,
	"holidays" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "organizations_slug" UNIQUE("slug")
);
--> statement-breakpoint
ALTER TABLE "organizations" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "outbox" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"handler" text DEFAULT '' NOT NULL,
	"payload" jsonb NOT NULL,
	"order_key" text NOT NULL,
	"dedupe_key" text,
	"cause_audit_id" uuid,
	"state" text DEFAULT 'ready' NOT NULL,
	"position" bigint GENERATED ALWAYS AS IDENTITY (sequence name "outbox_position_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"due_at" timestamp with time zone DEFAULT now() NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"lease_until" timestamp with time zone,
	"fence" integer DEFAULT 0 NOT NULL,
	"last_error" text,
	"receipts" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"settled_at" timestamp with time zone,
	CONSTRAINT "outbox_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "outbox" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "api_keys" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"name" text NOT NULL,
	"key_hash" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "api_keys_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "api_keys" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "identities" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"platform" text NOT NULL,
	"installation_id" uuid NOT NULL,
	"installation_external_id" text NOT NULL,
	"external_user_id" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "identities_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "identities" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "installations" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"platform" text NOT NULL,
	"external_id" text NOT NULL,
	"name" text NOT NULL,
	"status" text NOT NULL,
	"token_cipher" text,
	"bot_user_id" text,
	"installed_by" text,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "installations_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "installations" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "members" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"email" text,
	"roles" text[] NOT NULL,
	"unit_id" uuid,
	"reports_to" uuid,
	"locale" text DEFAULT 'en' NOT NULL,
	"time_zone" text NOT NULL,
	"status" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"archived_at" timestamp with time zone,
	"source" text,
	"external_id" text,
	CONSTRAINT "members_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "members" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "units" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"parent_id" uuid,
	"manager_id" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"archived_at" timestamp with time zone,
	"source" text,
	"external_id" text,
	CONSTRAINT "units_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "units" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"org_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"key" text NOT NULL,
	"body_hash" text NOT NULL,
	"answer" jsonb NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "idempotency_keys_org_id_member_id_key_pk" PRIMARY KEY("org_id","member_id","key")
);
--> statement-breakpoint
ALTER TABLE "idempotency_keys" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "inbox" (
	"org_id" uuid NOT NULL,
	"key" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "inbox_org_id_key_pk" PRIMARY KEY("org_id","key")
);
--> statement-breakpoint
ALTER TABLE "inbox" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "pending_inputs" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"press" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "pending_inputs_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "pending_inputs" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "record_counters" (
	"org_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"next" integer NOT NULL,
	CONSTRAINT "record_counters_org_id_kind_pk" PRIMARY KEY("org_id","kind")
);
--> statement-breakpoint
ALTER TABLE "record_counters" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "repeats" (
	"org_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"line_hash" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"card" jsonb,
	CONSTRAINT "repeats_org_id_member_id_line_hash_pk" PRIMARY KEY("org_id","member_id","line_hash")
);
--> statement-breakpoint
ALTER TABLE "repeats" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "audit" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"actor_id" uuid,
	"actor_name" text NOT NULL,
	"cause_id" uuid,
	"platform" text NOT NULL,
	"action" text NOT NULL,
	"input" jsonb NOT NULL,
	"line" text,
	CONSTRAINT "audit_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "audit" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "record_changes" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"audit_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"kind" text NOT NULL,
	"record_id" uuid NOT NULL,
	"number" text,
	"op" text NOT NULL,
	"version" integer NOT NULL,
	"before" jsonb NOT NULL,
	"after" jsonb NOT NULL,
	CONSTRAINT "record_changes_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "record_changes" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "accounts" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"number" integer NOT NULL,
	"name" text NOT NULL,
	"name_key" text collate "C" NOT NULL,
	"domain" text,
	"phone" text,
	"phone_key" text,
	"industry" text,
	"location" text,
	"founded_year" integer,
	"employees" integer,
	"revenue_minor" bigint,
	"revenue_currency" char(3),
	"parent_id" uuid,
	"owner_id" uuid,
	"sales_state" text DEFAULT 'to-identify' NOT NULL,
	"sales_state_reason" text,
	"relationship_state" text DEFAULT 'potential' NOT NULL,
	"relationship_reason" text,
	"value_class" text,
	"note" text,
	"last_touch_at" timestamp with time zone,
	"merged_into_id" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"archived_at" timestamp with time zone,
	"source" text,
	"external_id" text,
	CONSTRAINT "accounts_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "accounts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "activities" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"minutes" integer,
	"note" text,
	"member_id" uuid,
	"account_id" uuid,
	"contact_id" uuid,
	"met_name" text,
	"decision_maker_met" boolean DEFAULT false NOT NULL,
	"lead_id" uuid,
	"deal_id" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"archived_at" timestamp with time zone,
	"source" text,
	"external_id" text,
	CONSTRAINT "activities_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "activities" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "contacts" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"number" integer NOT NULL,
	"account_id" uuid,
	"name" text NOT NULL,
	"name_key" text collate "C" NOT NULL,
	"title" text,
	"email" text,
	"phone" text,
	"phone_key" text,
	"role" text,
	"left_at" timestamp with time zone,
	"last_met_at" timestamp with time zone,
	"note" text,
	"merged_into_id" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"archived_at" timestamp with time zone,
	"source" text,
	"external_id" text,
	CONSTRAINT "contacts_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "contacts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "products" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"name_key" text collate "C" NOT NULL,
	"series" text,
	"list_price_minor" bigint,
	"currency" char(3),
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"archived_at" timestamp with time zone,
	"source" text,
	"external_id" text,
	CONSTRAINT "products_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "products" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "deals" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"number" integer NOT NULL,
	"name" text NOT NULL,
	"name_key" text collate "C" NOT NULL,
	"account_id" uuid,
	"lead_id" uuid,
	"product_id" uuid,
	"owner_id" uuid,
	"stage_id" uuid NOT NULL,
	"stage_entered_at" timestamp with time zone NOT NULL,
	"status" text DEFAULT 'open' NOT NULL,
	"amount_minor" bigint,
	"currency" char(3),
	"engage_on" date,
	"close_on" date,
	"push_count" integer DEFAULT 0 NOT NULL,
	"closed_on" date,
	"reason" text,
	"rival" text,
	"note" text,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"archived_at" timestamp with time zone,
	"source" text,
	"external_id" text,
	CONSTRAINT "deals_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "deals" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "leads" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"number" integer NOT NULL,
	"company" text NOT NULL,
	"name_key" text collate "C" NOT NULL,
	"contact_name" text,
	"email" text,
	"email_domain" text,
	"phone" text,
	"phone_key" text,
	"lead_source" text NOT NULL,
	"amount_minor" bigint,
	"currency" char(3),
	"note" text,
	"owner_id" uuid,
	"state" text NOT NULL,
	"state_reason" text,
	"state_note" text,
	"tests_passed" text[],
	"review_on" date,
	"plan_due_at" timestamp with time zone,
	"plan_filed_at" timestamp with time zone,
	"account_id" uuid,
	"contact_id" uuid,
	"deal_id" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"archived_at" timestamp with time zone,
	"source" text,
	"external_id" text,
	CONSTRAINT "leads_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "leads" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "next_steps" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"subject_kind" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"owner_id" uuid NOT NULL,
	"text" text NOT NULL,
	"due_on" date NOT NULL,
	"due_at" timestamp with time zone,
	"status" text DEFAULT 'open' NOT NULL,
	"done_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"archived_at" timestamp with time zone,
	"source" text,
	"external_id" text,
	CONSTRAINT "next_steps_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "next_steps" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "shown_lists" (
	"org_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"shown_at" timestamp with time zone NOT NULL,
	"rows" jsonb NOT NULL,
	CONSTRAINT "shown_lists_org_id_member_id_pk" PRIMARY KEY("org_id","member_id")
);
--> statement-breakpoint
ALTER TABLE "shown_lists" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "stages" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name_key" text collate "C" NOT NULL,
	"name" text NOT NULL,
	"name_zh" text NOT NULL,
	"position" integer NOT NULL,
	"probability_basis_points" integer NOT NULL,
	"normal_days" integer NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"archived_at" timestamp with time zone,
	"source" text,
	"external_id" text,
	CONSTRAINT "stages_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "stages" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "targets" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"month_on" date NOT NULL,
	"amount_minor" bigint NOT NULL,
	"currency" char(3) NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"archived_at" timestamp with time zone,
	"source" text,
	"external_id" text,
	CONSTRAINT "targets_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "targets" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE INDEX "outbox_ready" ON "outbox" USING btree ("due_at","position") WHERE state in ('ready', 'sending');--> statement-breakpoint
CREATE INDEX "outbox_cause" ON "outbox" USING btree ("org_id","cause_audit_id");--> statement-breakpoint
CREATE UNIQUE INDEX "outbox_dedupe" ON "outbox" USING btree ("org_id","name","dedupe_key");--> statement-breakpoint
CREATE UNIQUE INDEX "api_keys_hash" ON "api_keys" USING btree ("key_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "identities_external" ON "identities" USING btree ("org_id","platform","installation_external_id","external_user_id");--> statement-breakpoint
CREATE INDEX "identities_member" ON "identities" USING btree ("org_id","member_id");--> statement-breakpoint
CREATE UNIQUE INDEX "installations_external" ON "installations" USING btree ("platform","external_id");--> statement-breakpoint
CREATE INDEX "members_unit" ON "members" USING btree ("org_id","unit_id");--> statement-breakpoint
CREATE INDEX "members_reports_to" ON "members" USING btree ("org_id","reports_to");--> statement-breakpoint
CREATE UNIQUE INDEX "members_external" ON "members" USING btree ("org_id","source","external_id");--> statement-breakpoint
CREATE INDEX "audit_at" ON "audit" USING btree ("org_id","at");--> statement-breakpoint
CREATE INDEX "audit_actor" ON "audit" USING btree ("org_id","actor_id","at");--> statement-breakpoint
CREATE INDEX "audit_cause" ON "audit" USING btree ("org_id","cause_id");--> statement-breakpoint
CREATE INDEX "record_changes_audit" ON "record_changes" USING btree ("org_id","audit_id");--> statement-breakpoint
CREATE INDEX "record_changes_record" ON "record_changes" USING btree ("org_id","record_id","version");--> statement-breakpoint
CREATE UNIQUE INDEX "accounts_number" ON "accounts" USING btree ("org_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "accounts_external" ON "accounts" USING btree ("org_id","source","external_id");--> statement-breakpoint
CREATE INDEX "accounts_name" ON "accounts" USING btree ("org_id","name_key");--> statement-breakpoint
CREATE INDEX "accounts_domain" ON "accounts" USING btree ("org_id","domain");--> statement-breakpoint
CREATE INDEX "accounts_phone" ON "accounts" USING btree ("org_id","phone_key");--> statement-breakpoint
CREATE INDEX "accounts_owner" ON "accounts" USING btree ("org_id","owner_id");--> statement-breakpoint
CREATE UNIQUE INDEX "activities_external" ON "activities" USING btree ("org_id","source","external_id");--> statement-breakpoint
CREATE INDEX "activities_account" ON "activities" USING btree ("org_id","account_id","at");--> statement-breakpoint
CREATE INDEX "activities_contact" ON "activities" USING btree ("org_id","contact_id","at");--> statement-breakpoint
CREATE INDEX "activities_deal" ON "activities" USING btree ("org_id","deal_id","at");--> statement-breakpoint
CREATE INDEX "activities_lead" ON "activities" USING btree ("org_id","lead_id","at");--> statement-breakpoint
CREATE INDEX "activities_member" ON "activities" USING btree ("org_id","member_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "contacts_number" ON "contacts" USING btree ("org_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "contacts_external" ON "contacts" USING btree ("org_id","source","external_id");--> statement-breakpoint
CREATE INDEX "contacts_account" ON "contacts" USING btree ("org_id","account_id");--> statement-breakpoint
CREATE INDEX "contacts_name" ON "contacts" USING btree ("org_id","name_key");--> statement-breakpoint
CREATE INDEX "contacts_email" ON "contacts" USING btree ("org_id","email");--> statement-breakpoint
CREATE INDEX "contacts_phone" ON "contacts" USING btree ("org_id","phone_key");--> statement-breakpoint
CREATE UNIQUE INDEX "products_name" ON "products" USING btree ("org_id","name_key");--> statement-breakpoint
CREATE UNIQUE INDEX "products_external" ON "products" USING btree ("org_id","source","external_id");--> statement-breakpoint
CREATE UNIQUE INDEX "deals_number" ON "deals" USING btree ("org_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "deals_external" ON "deals" USING btree ("org_id","source","external_id");--> statement-breakpoint
CREATE INDEX "deals_name" ON "deals" USING btree ("org_id","name_key");--> statement-breakpoint
CREATE INDEX "deals_account" ON "deals" USING btree ("org_id","account_id");--> statement-breakpoint
CREATE INDEX "deals_open" ON "deals" USING btree ("org_id","stage_id","owner_id","currency","amount_minor","stage_entered_at","engage_on") WHERE status = 'open' and archived_at is null;--> statement-breakpoint
CREATE INDEX "deals_closed" ON "deals" USING btree ("org_id","closed_on","status","stage_id","owner_id","currency","amount_minor") WHERE status <> 'open' and archived_at is null;--> statement-breakpoint
CREATE INDEX "deals_owner_open" ON "deals" USING btree ("org_id","owner_id","close_on") WHERE status = 'open' and archived_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "leads_number" ON "leads" USING btree ("org_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "leads_external" ON "leads" USING btree ("org_id","source","external_id");--> statement-breakpoint
CREATE INDEX "leads_name" ON "leads" USING btree ("org_id","name_key");--> statement-breakpoint
CREATE INDEX "leads_domain" ON "leads" USING btree ("org_id","email_domain");--> statement-breakpoint
CREATE INDEX "leads_phone" ON "leads" USING btree ("org_id","phone_key");--> statement-breakpoint
CREATE INDEX "leads_deal" ON "leads" USING btree ("org_id","deal_id");--> statement-breakpoint
CREATE INDEX "leads_account" ON "leads" USING btree ("org_id","account_id");--> statement-breakpoint
CREATE INDEX "leads_clocks" ON "leads" USING btree ("org_id","plan_due_at") WHERE plan_filed_at is null and plan_due_at is not null and archived_at is null;--> statement-breakpoint
CREATE INDEX "leads_reviews" ON "leads" USING btree ("org_id","owner_id","review_on") WHERE state = 'nurture';--> statement-breakpoint
CREATE INDEX "leads_open" ON "leads" USING btree ("org_id","owner_id","plan_due_at") WHERE state = 'new';--> statement-breakpoint
CREATE UNIQUE INDEX "next_steps_one_open" ON "next_steps" USING btree ("org_id","subject_id") WHERE status = 'open' and archived_at is null;--> statement-breakpoint
CREATE INDEX "next_steps_due" ON "next_steps" USING btree ("org_id","owner_id","due_on") WHERE status = 'open' and archived_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "stages_key" ON "stages" USING btree ("org_id","name_key");--> statement-breakpoint
CREATE UNIQUE INDEX "targets_month" ON "targets" USING btree ("org_id","member_id","month_on","currency");--> statement-breakpoint
CREATE POLICY "organizations_own" ON "organizations" AS PERMISSIVE FOR ALL TO "crm_app" USING ((select current_setting('app.org_id')::uuid) = org_id) WITH CHECK ((select current_setting('app.org_id')::uuid) = org_id);--> statement-breakpoint
CREATE POLICY "organizations_router" ON "organizations" AS PERMISSIVE FOR SELECT TO "crm_router" USING (true);--> statement-breakpoint
CREATE POLICY "outbox_own" ON "outbox" AS PERMISSIVE FOR ALL TO "crm_app" USING ((select current_setting('app.org_id')::uuid) = org_id) WITH CHECK ((select current_setting('app.org_id')::uuid) = org_id);--> statement-breakpoint
CREATE POLICY "outbox_relay" ON "outbox" AS PERMISSIVE FOR ALL TO "crm_relay" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "api_keys_own" ON "api_keys" AS PERMISSIVE FOR ALL TO "crm_app" USING ((select current_setting('app.org_id')::uuid) = org_id) WITH CHECK ((select current_setting('app.org_id')::uuid) = org_id);--> statement-breakpoint
CREATE POLICY "api_keys_router" ON "api_keys" AS PERMISSIVE FOR SELECT TO "crm_router" USING (true);--> statement-breakpoint
CREATE POLICY "identities_own" ON "identities" AS PERMISSIVE FOR ALL TO "crm_app" USING ((select current_setting('app.org_id')::uuid) = org_id) WITH CHECK ((select current_setting('app.org_id')::uuid) = org_id);--> statement-breakpoint
CREATE POLICY "identities_router" ON "identities" AS PERMISSIVE FOR SELECT TO "crm_router" USING (true);--> statement-breakpoint
CREATE POLICY "installations_own" ON "installations" AS PERMISSIVE FOR ALL TO "crm_app" USING ((select current_setting('app.org_id')::uuid) = org_id) WITH CHECK ((select current_setting('app.org_id')::uuid) = org_id);--> statement-breakpoint
CREATE POLICY "installations_router" ON "installations" AS PERMISSIVE FOR SELECT TO "crm_router" USING (true);--> statement-breakpoint
CREATE POLICY "members_own" ON "members" AS PERMISSIVE FOR ALL TO "crm_app" USING ((select current_setting('app.org_id')::uuid) = org_id) WITH CHECK ((select current_setting('app.org_id')::uuid) = org_id);--> statement-breakpoint
CREATE POLICY "units_own" ON "units" AS PERMISSIVE FOR ALL TO "crm_app" USING ((select current_setting('app.org_id')::uuid) = org_id) WITH CHECK ((select current_setting('app.org_id')::uuid) = org_id);--> statement-breakpoint
CREATE POLICY "idempotency_keys_own" ON "idempotency_keys" AS PERMISSIVE FOR ALL TO "crm_app" USING ((select current_setting('app.org_id')::uuid) = org_id) WITH CHECK ((select current_setting('app.org_id')::uuid) = org_id);--> statement-breakpoint
CREATE POLICY "inbox_own" ON "inbox" AS PERMISSIVE FOR ALL TO "crm_app" USING ((select current_setting('app.org_id')::uuid) = org_id) WITH CHECK ((select current_setting('app.org_id')::uuid) = org_id);--> statement-breakpoint
CREATE POLICY "pending_inputs_own" ON "pending_inputs" AS PERMISSIVE FOR ALL TO "crm_app" USING ((select current_setting('app.org_id')::uuid) = org_id) WITH CHECK ((select current_setting('app.org_id')::uuid) = org_id);--> statement-breakpoint
CREATE POLICY "record_counters_own" ON "record_counters" AS PERMISSIVE FOR ALL TO "crm_app" USING ((select current_setting('app.org_id')::uuid) = org_id) WITH CHECK ((select current_setting('app.org_id')::uuid) = org_id);--> statement-breakpoint
CREATE POLICY "repeats_own" ON "repeats" AS PERMISSIVE FOR ALL TO "crm_app" USING ((select current_setting('app.org_id')::uuid) = org_id) WITH CHECK ((select current_setting('app.org_id')::uuid) = org_id);--> statement-breakpoint
CREATE POLICY "audit_own" ON "audit" AS PERMISSIVE FOR SELECT TO "crm_app" USING ((select current_setting('app.org_id')::uuid) = org_id);--> statement-breakpoint
CREATE POLICY "audit_append" ON "audit" AS PERMISSIVE FOR INSERT TO "crm_app" WITH CHECK ((select current_setting('app.org_id')::uuid) = org_id);--> statement-breakpoint
CREATE POLICY "record_changes_own" ON "record_changes" AS PERMISSIVE FOR SELECT TO "crm_app" USING ((select current_setting('app.org_id')::uuid) = org_id);--> statement-breakpoint
CREATE POLICY "record_changes_append" ON "record_changes" AS PERMISSIVE FOR INSERT TO "crm_app" WITH CHECK ((select current_setting('app.org_id')::uuid) = org_id);--> statement-breakpoint
CREATE POLICY "accounts_own" ON "accounts" AS PERMISSIVE FOR ALL TO "crm_app" USING ((select current_setting('app.org_id')::uuid) = org_id) WITH CHECK ((select current_setting('app.org_id')::uuid) = org_id);--> statement-breakpoint
CREATE POLICY "accounts_search" ON "accounts" AS PERMISSIVE FOR SELECT TO "crm_search" USING (true);--> statement-breakpoint
CREATE POLICY "activities_own" ON "activities" AS PERMISSIVE FOR ALL TO "crm_app" USING ((select current_setting('app.org_id')::uuid) = org_id) WITH CHECK ((select current_setting('app.org_id')::uuid) = org_id);--> statement-breakpoint
CREATE POLICY "contacts_own" ON "contacts" AS PERMISSIVE FOR ALL TO "crm_app" USING ((select current_setting('app.org_id')::uuid) = org_id) WITH CHECK ((select current_setting('app.org_id')::uuid) = org_id);--> statement-breakpoint
CREATE POLICY "contacts_search" ON "contacts" AS PERMISSIVE FOR SELECT TO "crm_search" USING (true);--> statement-breakpoint
CREATE POLICY "products_own" ON "products" AS PERMISSIVE FOR ALL TO "crm_app" USING ((select current_setting('app.org_id')::uuid) = org_id) WITH CHECK ((select current_setting('app.org_id')::uuid) = org_id);--> statement-breakpoint
CREATE POLICY "deals_own" ON "deals" AS PERMISSIVE FOR ALL TO "crm_app" USING ((select current_setting('app.org_id')::uuid) = org_id) WITH CHECK ((select current_setting('app.org_id')::uuid) = org_id);--> statement-breakpoint
CREATE POLICY "deals_search" ON "deals" AS PERMISSIVE FOR SELECT TO "crm_search" USING (true);--> statement-breakpoint
CREATE POLICY "leads_own" ON "leads" AS PERMISSIVE FOR ALL TO "crm_app" USING ((select current_setting('app.org_id')::uuid) = org_id) WITH CHECK ((select current_setting('app.org_id')::uuid) = org_id);--> statement-breakpoint
CREATE POLICY "leads_search" ON "leads" AS PERMISSIVE FOR SELECT TO "crm_search" USING (true);--> statement-breakpoint
CREATE POLICY "next_steps_own" ON "next_steps" AS PERMISSIVE FOR ALL TO "crm_app" USING ((select current_setting('app.org_id')::uuid) = org_id) WITH CHECK ((select current_setting('app.org_id')::uuid) = org_id);--> statement-breakpoint
CREATE POLICY "shown_lists_own" ON "shown_lists" AS PERMISSIVE FOR ALL TO "crm_app" USING ((select current_setting('app.org_id')::uuid) = org_id) WITH CHECK ((select current_setting('app.org_id')::uuid) = org_id);--> statement-breakpoint
CREATE POLICY "stages_own" ON "stages" AS PERMISSIVE FOR ALL TO "crm_app" USING ((select current_setting('app.org_id')::uuid) = org_id) WITH CHECK ((select current_setting('app.org_id')::uuid) = org_id);--> statement-breakpoint
CREATE POLICY "targets_own" ON "targets" AS PERMISSIVE FOR ALL TO "crm_app" USING ((select current_setting('app.org_id')::uuid) = org_id) WITH CHECK ((select current_setting('app.org_id')::uuid) = org_id);