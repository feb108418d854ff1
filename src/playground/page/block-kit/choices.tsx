import { asJson, asList, asText, isJson } from '../../json.ts';
import { type ElementProps, keyOf, stateIn, useChoice, useSurface } from './surface.ts';
import { Text } from './text.tsx';

/** Check boxes and radio buttons. */
export function Choices({ block, element }: ElementProps) {
  const surface = useSurface();
  const choose = useChoice({ block, element });
  const isMany = element.type === 'checkboxes';
  const state = stateIn(surface, block, element);
  const chosen = isMany ? asList(state.selected_options) : [asJson(state.selected_option)];
  const isOn = (value: string) => chosen.some((option) => option.value === value);
  const options = asList(element.options);

  const toggle = (value: string) => {
    if (!isMany) {
      const selected_option = options.find((option) => option.value === value) ?? null;
      return choose({ type: element.type, selected_option }, value);
    }
    const selected_options = options.filter(
      (option) => (option.value === value) !== isOn(asText(option.value)),
    );
    choose(
      { type: element.type, selected_options },
      selected_options.map((option) => option.value),
    );
  };

  return (
    <div className="choices">
      {options.map((option) => {
        const value = asText(option.value);
        return (
          <label key={value} className="choice">
            <input
              type={isMany ? 'checkbox' : 'radio'}
              name={keyOf(block, element)}
              checked={isOn(value)}
              onChange={() => toggle(value)}
            />
            <span>
              <Text of={option.text} />
              {isJson(option.description) && (
                <span className="choice-detail">
                  <Text of={option.description} />
                </span>
              )}
            </span>
          </label>
        );
      })}
    </div>
  );
}
