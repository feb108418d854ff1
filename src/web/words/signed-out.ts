/** A line is `[text, code, text, code, text]`. Inside Teams no other place is named: its store forbids it. */
export const signedOut = {
  en: {
    title: 'You are not signed in here',
    anywhere: [
      'Type ',
      '/crm open',
      ' in Slack or Teams, or ',
      'open',
      ' to the bot: you get a link that signs you in.',
    ],
    inTeams: ['Send ', 'open', ' to the bot in its chat: you get a link that signs you in.'],
  },
  'zh-CN': {
    title: '你尚未在此登录',
    anywhere: [
      '请在 Slack 或 Teams 中输入 ',
      '/crm 打开',
      '，或向机器人发送 ',
      '打开',
      '，你会收到一个登录链接。',
    ],
    inTeams: ['请在聊天中向机器人发送 ', '打开', '，你会收到一个登录链接。'],
  },
} as const;
