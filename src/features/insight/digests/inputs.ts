import { f } from '../../../kernel/fields.ts';
import { digestKinds } from '../../../runtime/digest.ts';
import { t } from './messages.ts';

export function kindField() {
  return f.oneOf(
    t('kind'),
    digestKinds.map((value) => ({ value, label: t(`kind-${value}`) })),
  );
}

/** How people say which of the digests that are set up they mean; what it comes to is `Pointed`. */
export function pointedFields() {
  return {
    digest: f.text(t('digest')).optional(),
    number: f.number(t('number'), { min: 1, max: 9999 }).optional(),
    channel: f.channel(t('channel')).optional(),
    me: f.flag(t('me')).optional(),
    kind: kindField().optional(),
    group: f.ref('unit', t('group')).optional(),
  };
}
