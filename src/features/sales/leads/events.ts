import { z } from 'zod';
import { defineEvent } from '../../../runtime/event.ts';

export const leadCreated = defineEvent('leads.created', z.strictObject({ leadId: z.uuid() }));
