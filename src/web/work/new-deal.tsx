import { useReader } from '../words/reader.tsx';
import { PressButton } from './card-view.tsx';

/** For those who may. */
export function NewDeal() {
  const { words, isSelling } = useReader();
  if (!isSelling) return null;
  return <PressButton button={{ label: words.newDeal, press: { a: 'deals.create', i: {}, form: true } }} />;
}
