// A program on Slack's lower clients for JavaScript: the socket and the Web API, without Bolt.

const { SocketModeClient } = require("@slack/socket-mode");
const { WebClient } = require("@slack/web-api");

const { BOT_TOKEN, APP_TOKEN, SANDBOX_URL } = process.env;
const slackApiUrl = `${SANDBOX_URL}/api/`;
const socket = new SocketModeClient({ appToken: APP_TOKEN, clientOptions: { slackApiUrl } });
const web = new WebClient(BOT_TOKEN, { slackApiUrl });

socket.on("slash_commands", async ({ body, ack }) => {
  const letters = body.text.length;
  const metadata = { event_type: "counted", event_payload: { letters } };
  await web.chat.postMessage({ channel: body.channel_id, text: `Counted: ${body.text}`, metadata });
  await ack({ text: `${body.text} has ${letters} letters` });
});

async function start() {
  const { ok, team_id } = await web.auth.test();
  const { channels } = await web.conversations.list({ limit: 200 });
  await web.conversations.history({ channel: channels[0].id, limit: 1 });
  await socket.start();
  if (ok && team_id) console.log("connected");
}

start();
