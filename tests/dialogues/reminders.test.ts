/** Dialogues about reminders are data: tests/dialogues/reminders/*.yaml, in a county where one township has a group. */
import { cpSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSampleBrain, useBrain } from '../helpers/assistant.js';
import { playFolder } from '../helpers/dialogues.js';
import { makeFolder } from '../helpers/folder.js';
import { openPlatformBrain, startPlatformStage, TELEGRAM_GROUP } from '../helpers/platform-stage.js';
import { GROUP_OF, startConsoleStage } from '../helpers/stage.js';

const groups = (chat: string): string => `单位,群\n${GROUP_OF.unit},${chat}\n`;

const brain = useBrain(() => {
  const dir = makeFolder();
  for (const name of readdirSync('knowledge').filter((it) => it !== 'organizations'))
    symlinkSync(join(process.cwd(), 'knowledge', name), join(dir, name));
  cpSync('knowledge/organizations', join(dir, 'organizations'), { recursive: true });
  writeFileSync(join(dir, 'organizations/groups.csv'), groups(`console:${GROUP_OF.name}`));
  return openSampleBrain({ KNOWLEDGE_DIR: dir });
});
const platformBrain = useBrain(() => openPlatformBrain(groups(`telegram:${TELEGRAM_GROUP}`)));

playFolder('tests/dialogues/reminders', [
  ['console', (start) => startConsoleStage(brain(), start)],
  ['Telegram and Feishu', (start) => startPlatformStage(platformBrain(), start)],
]);
