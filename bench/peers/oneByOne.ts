/** The plainest tool: one file after the other. `node oneByOne.ts FOLDER MODEL`; endpoint and key as the SDK reads them. */
import OpenAI from "openai";
import { onceoverPrompt } from "./prompt.ts";
import { readSourceFiles, reviewFile } from "./reviewFile.ts";
import type { PeerReview } from "./reviewFile.ts";

const [folder = ".", model = "gpt-5-mini"] = process.argv.slice(2);
const client = new OpenAI();
const reviews: PeerReview[] = [];
for (const file of await readSourceFiles(folder)) reviews.push(await reviewFile(client, model, onceoverPrompt, file));
process.stdout.write(JSON.stringify(reviews));
