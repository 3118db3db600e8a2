/** The usual step up: ten files at a time. `node limited.ts FOLDER MODEL`; endpoint and key as the SDK reads them. */
import OpenAI from "openai";
import pLimit from "p-limit";
import { onceoverPrompt } from "./prompt.ts";
import { readSourceFiles, reviewFile } from "./reviewFile.ts";

const concurrency = 10;
const [folder = ".", model = "gpt-5-mini"] = process.argv.slice(2);
const client = new OpenAI();
const limit = pLimit(concurrency);
const files = await readSourceFiles(folder);
const reviews = await Promise.all(files.map((file) => limit(() => reviewFile(client, model, onceoverPrompt, file))));
process.stdout.write(JSON.stringify(reviews));
