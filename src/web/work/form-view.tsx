import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { ScreenCard, ScreenField, ScreenForm } from '../../view/screen.ts';
import { useReader } from '../words/reader.tsx';
import { Blocks, CardTitle } from './card-view.tsx';
import { FieldView } from './field-view.tsx';
import { useWork } from './use-work.ts';
import { initialValue, type Value } from './values.ts';
import { WordsView } from './words-view.tsx';

interface Props {
  form: ScreenForm;
  message: string | undefined;
  onCancel(): void;
}

/** A form of the service. What was typed stays until it is saved or the person leaves. */
export function FormView({ form: opened, message: said, onCancel }: Props) {
  const { words } = useReader();
  const { send, show } = useWork();
  const [form, setForm] = useState(opened);
  const [message, setMessage] = useState(said);
  const [refusal, setRefusal] = useState<ScreenCard>();
  const [values, setValues] = useState<Record<string, Value>>(() => valuesOf(opened.fields));
  const [isSending, setIsSending] = useState(false);
  const box = useRef<HTMLFormElement>(null);

  useEffect(() => {
    const controls = [
      ...(box.current?.querySelectorAll<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>(
        'input, select, textarea',
      ) ?? []),
    ];
    // What is filled in already is rarely what somebody came for.
    const first = controls.find(({ value }) => value === '') ?? controls[0];
    first?.focus();
  }, []);
  useEffect(() => {
    if (!form.fields.some(({ error }) => error !== undefined)) return;
    box.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }, [form]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isSending) return;
    setIsSending(true);
    const outcome = await send({ kind: 'submit', press: form.press, values });
    setIsSending(false);
    if (!outcome) return;
    if (outcome.kind === 'form') {
      setForm(outcome.form);
      setMessage(outcome.message ?? words.checkFields);
      setRefusal(undefined);
      // Fields that were not asked before come with values of their own.
      setValues((before) => ({ ...valuesOf(outcome.form.fields), ...before }));
    } else if (outcome.kind === 'card' && outcome.refused) {
      setMessage(undefined);
      setRefusal(outcome.card);
      void box.current?.querySelector('.dialog-body')?.scrollTo({ top: 0 });
    } else show(outcome);
  };

  return (
    <form
      ref={box}
      className="form"
      noValidate
      onSubmit={(event) => void submit(event)}
      aria-busy={isSending}
    >
      <div className="dialog-body">
        {form.intro && (
          <p className="block-text">
            <WordsView of={form.intro} />
          </p>
        )}
        {message !== undefined && (
          <p className="form-message" role="alert">
            {message}
          </p>
        )}
        {refusal && (
          <div className={`form-refusal card tone-${refusal.tone}`} role="alert">
            <CardTitle card={refusal} level={2} />
            <Blocks blocks={refusal.blocks} />
          </div>
        )}
        {form.fields.map((field) => (
          <FieldView
            key={field.name}
            field={field}
            value={values[field.name] ?? ''}
            onChange={(value) => setValues((before) => ({ ...before, [field.name]: value }))}
          />
        ))}
      </div>
      <footer className="form-foot">
        <button type="button" className="button" onClick={onCancel}>
          {words.cancel}
        </button>
        <button type="submit" className="button button-primary" aria-disabled={isSending}>
          {isSending ? words.working : form.submit}
        </button>
      </footer>
    </form>
  );
}

function valuesOf(fields: readonly ScreenField[]): Record<string, Value> {
  return Object.fromEntries(fields.map((field) => [field.name, initialValue(field)]));
}
