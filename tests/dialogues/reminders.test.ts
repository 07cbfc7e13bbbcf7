/** Dialogues about reminders are data: tests/dialogues/reminders/*.yaml, in a county where one township has a group. */
import { cpSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSampleAssistant, useAssistant } from '../helpers/assistant.js';
import { playFolder } from '../helpers/dialogues.js';
import { makeFolder } from '../helpers/folder.js';
import { openPlatformAssistant, startPlatformStage, TELEGRAM_GROUP } from '../helpers/platform-stage.js';
import { GROUP_OF, startConsoleStage } from '../helpers/stage.js';

const groups = (chat: string): string => `单位,群\n${GROUP_OF.unit},${chat}\n`;

const assistant = useAssistant(() => {
  const dir = makeFolder();
  for (const name of readdirSync('knowledge').filter((it) => it !== 'organizations'))
    symlinkSync(join(process.cwd(), 'knowledge', name), join(dir, name));
  cpSync('knowledge/organizations', join(dir, 'organizations'), { recursive: true });
  writeFileSync(join(dir, 'organizations/groups.csv'), groups(`console:${GROUP_OF.name}`));
  return openSampleAssistant({ KNOWLEDGE_DIR: dir });
});
const platformAssistant = useAssistant(() => openPlatformAssistant(groups(`telegram:${TELEGRAM_GROUP}`)));

playFolder('tests/dialogues/reminders', [
  ['console', (start) => startConsoleStage(assistant(), start)],
  ['Telegram and Feishu', (start) => startPlatformStage(platformAssistant(), start)],
]);

// Only accounts of the console stand in villages.csv.
playFolder('tests/dialogues/villages', [['console', (start) => startConsoleStage(assistant(), start)]]);
