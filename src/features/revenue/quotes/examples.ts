import { code, command } from '../../../kernel/text.ts';

export const examples = {
  quote: command('quote D-142 40x"GTX Pro" 95k valid:30d', '报价 D-142 40个"GTX Pro" 9.5万 有效期:30天'),
  /** A line with a price of its own. */
  priced: code('40x"GTX Pro"@2300'),
  off: command('quote-line Q-57 off 2', '报价明细 Q-57 删除 2'),
  line: command('quote-line Q-57 10x"Seal kit"'),
};
