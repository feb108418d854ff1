import { teamsMessages } from '../../../src/platforms/teams/messages.ts';
import { teamsWords } from '../../../src/platforms/teams/words.ts';
import { engineMessages } from '../../../src/runtime/messages.ts';
import type { Reader } from '../../../src/view/reader.ts';
import { createTranslate } from '../../../src/view/translator.ts';

export const reader: Reader = {
  locale: 'en',
  timeZone: 'UTC',
  translate: createTranslate([teamsMessages, engineMessages]),
  commandLine: teamsWords.commandLine,
};
export const chineseReader: Reader = { ...reader, locale: 'zh-CN', timeZone: 'Asia/Shanghai' };
