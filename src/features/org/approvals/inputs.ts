import { f } from '../../../kernel/fields.ts';
import { t } from './messages.ts';

export const approvalField = () => f.ref('approval', t('approval'), { placeholder: 'A-77' });
/** From a button that offers less: then how much has to be said, or an empty form would grant the whole. */
export const lessField = () => f.flag(t('btn-counter')).optional();
/** Version of the terms a card showed; never typed. */
export const termsField = () => f.number(t('approval'), { min: 1 }).optional();
