// An app on the official JavaScript clients, by Socket Mode: nobody here wrote what it stands on.

const { App } = require("@slack/bolt");

const { BOT_TOKEN, APP_TOKEN, SANDBOX_URL } = process.env;
const app = new App({
  token: BOT_TOKEN,
  appToken: APP_TOKEN,
  socketMode: true,
  clientOptions: { slackApiUrl: `${SANDBOX_URL}/api/` },
});
const plain = (text) => ({ type: "plain_text", text });

app.command("/lend", async ({ command, ack, respond, client }) => {
  await ack();
  if (command.text === "form") {
    const element = { type: "plain_text_input", action_id: "value" };
    const blocks = [{ type: "input", block_id: "name", label: plain("Name"), element }];
    const view = { type: "modal", callback_id: "describe", title: plain("Describe"), submit: plain("Save"), blocks };
    await client.views.open({ trigger_id: command.trigger_id, view });
    return;
  }
  const claim = { type: "button", action_id: "claim", text: plain("Claim"), value: "1" };
  const blocks = [{ type: "actions", elements: [claim] }];
  const { channel, ts } = await client.chat.postMessage({ channel: command.channel_id, text: "card", blocks });
  await client.reactions.add({ channel, timestamp: ts, name: "eyes" });
  const file = { filename: "a.txt", title: "A", content: "hello" };
  await client.files.uploadV2({ channel_id: channel, thread_ts: ts, ...file });
  await respond(`You lend ${command.text}`);
});

app.action("claim", async ({ body, ack, client, respond }) => {
  await ack();
  await client.chat.update({ channel: body.channel.id, ts: body.message.ts, text: `held by ${body.user.id}` });
  await respond({ text: "Yours.", replace_original: false });
});

app.view("describe", async ({ ack, view, body, client }) => {
  const name = view.state.values.name.value.value;
  if (name === "bad") {
    await ack({ response_action: "errors", errors: { name: "Not that one." } });
    return;
  }
  await ack();
  await client.chat.postMessage({ channel: body.user.id, text: `Saved ${name}` });
});

app.event("app_home_opened", async ({ event, client }) => {
  const blocks = [{ type: "header", text: plain("Home of JavaScript") }];
  await client.views.publish({ user_id: event.user, view: { type: "home", blocks } });
});

app.message("hello", async ({ say }) => {
  await say("hello from JavaScript");
});

app.start().then(() => console.log("connected"));
