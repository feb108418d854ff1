import { useId } from 'react';
import type { ScreenField } from '../../view/screen.ts';
import { useReader } from '../words/reader.tsx';
import { TypeAhead } from './type-ahead.tsx';
import type { Value } from './values.ts';

interface Props {
  field: ScreenField;
  value: Value;
  onChange(value: Value): void;
}

/** A labelled field with its hint below and its error, if there is one, right under it. */
export function FieldView({ field, value, onChange }: Props) {
  const { words } = useReader();
  const id = useId();
  const isGroup = field.kind === 'manyOf' && field.options !== undefined;
  const said = [field.error && `${id}-error`, field.hint && `${id}-hint`].filter(Boolean).join(' ');
  const about = {
    id,
    'aria-invalid': field.error !== undefined,
    'aria-describedby': said === '' ? undefined : said,
    'aria-required': field.required || undefined,
  };
  const label = (
    <>
      {field.label}
      {field.required && field.kind !== 'flag' && <span className="required"> {words.required}</span>}
    </>
  );
  const notes = (
    <>
      {field.error !== undefined && (
        <p className="field-error" id={`${id}-error`}>
          {field.error}
        </p>
      )}
      {field.hint !== undefined && (
        <p className="small" id={`${id}-hint`}>
          {field.hint}
        </p>
      )}
    </>
  );
  if (isGroup) {
    return (
      <fieldset className="field" aria-describedby={about['aria-describedby']}>
        <legend>{label}</legend>
        <Ticks field={field} value={value} onChange={onChange} />
        {notes}
      </fieldset>
    );
  }
  if (field.kind === 'flag') {
    return (
      <div className="field">
        <label className="tick">
          <input
            {...about}
            type="checkbox"
            checked={value === true}
            onChange={(event) => onChange(event.target.checked)}
          />
          <span>{label}</span>
        </label>
        {notes}
      </div>
    );
  }
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <Control
        field={field}
        about={about}
        value={typeof value === 'string' ? value : ''}
        onChange={onChange}
      />
      {notes}
    </div>
  );
}

interface About {
  id: string;
  'aria-invalid': boolean;
  'aria-describedby': string | undefined;
  'aria-required': true | undefined;
}

function Control({
  field,
  about,
  value,
  onChange,
}: {
  field: ScreenField;
  about: About;
  value: string;
  onChange(value: string): void;
}) {
  const { words } = useReader();
  const shared = { ...about, value, placeholder: field.placeholder, className: 'control' };
  if (field.lookups) {
    return (
      <TypeAhead
        {...about}
        lookups={field.lookups}
        label={field.valueLabel}
        value={value}
        placeholder={field.placeholder ?? words.typeToSearch}
        onChoose={onChange}
        onType={onChange}
      />
    );
  }
  if (field.kind === 'oneOf' && field.options) {
    const isKnown = value === '' || field.options.some((option) => option.value === value);
    return (
      <select {...about} className="control" value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{field.required ? words.choose : words.none}</option>
        {!isKnown && <option value={value}>{value}</option>}
        {field.options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    );
  }
  if (field.multiline) {
    return <textarea {...shared} rows={4} onChange={(event) => onChange(event.target.value)} />;
  }
  return <input {...shared} type={typeOf(field, value)} onChange={(event) => onChange(event.target.value)} />;
}

/** People type `80k` and `fri 10:00`: only whole days, addresses and numbers to call have a type of their own. */
function typeOf({ kind }: ScreenField, value: string): 'date' | 'email' | 'tel' | 'text' {
  if (kind === 'day') return value === '' || /^\d{4}-\d{2}-\d{2}$/.test(value) ? 'date' : 'text';
  if (kind === 'email') return 'email';
  return kind === 'phone' ? 'tel' : 'text';
}

function Ticks({ field, value, onChange }: Props) {
  const chosen = Array.isArray(value) ? value : [];
  return (
    <div className="ticks">
      {(field.options ?? []).map((option) => (
        <label key={option.value} className="tick">
          <input
            type="checkbox"
            checked={chosen.includes(option.value)}
            onChange={(event) =>
              onChange(
                event.target.checked
                  ? [...chosen, option.value]
                  : chosen.filter((one) => one !== option.value),
              )
            }
          />
          <span>{option.label}</span>
        </label>
      ))}
    </div>
  );
}
