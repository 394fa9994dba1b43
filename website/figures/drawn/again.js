// Trains the network again, with the reader's drawings among its pictures. Loaded at the first press.
// It is nnbasics that trains, in the Python that runs the snippets of the page: see in_page.py.

const PATIENCE = 180; // seconds: a slow phone takes many times as long as a computer

/** Return what trains, or fail with a sentence. `mend` holds the button, and says what happens. */
export async function newTrainer(mend, button) {
  const [{ Place, session }, judge] = await Promise.all([
    import("../../../live/page.js"),
    fetch(new URL("in_page.py", import.meta.url)).then(answer => answer.ok ? answer.text() : Promise.reject(answer)),
  ]).catch(() => {
    throw new Error("What trains could not be loaded. Your drawing is still here. Press again to try once more.");
  });
  const view = new Place(mend, button, "Train again with it", "in the page");
  view.print = text => view.say(text); // one line at a time, so that nothing below is pushed away
  const trial = Object.assign(session.addTrial(view), {
    button: "Train again",
    holds: "Your drawing is still here.",
    stopped: "Stopped. The network is as it was.",
    patience: PATIENCE,
    tooLong: seconds => `Stopped: after ${seconds} seconds it was not done. The network is as it was.`,
  });
  return {
    get isBusy() { return trial.busy; },

    press: clicks => session.press(trial, clicks),

    /** Prepare to train with all the reader's drawings, and to tell how it went with the last one. */
    train(drawings, network, reader, done) {
      const program = JSON.stringify({
        pictures: drawings.map(({ picture }) => picture),
        labels: drawings.map(({ label }) => label),
      });
      trial.question = { judge, program, check: "", seed: 0, before: [], given: {} };
      view.tell = ({ sentence }) => {
        const trained = { ...network, ...JSON.parse(sentence) };
        done(trained);
        view.say(words(drawings, network, trained, reader));
      };
    },
  };
}

/** Say how it went: with the drawing, and with the pictures that nobody trained on. */
export function words(drawings, before, after, { a, percent, probabilities }) {
  const { picture, label } = drawings.at(-1);
  const chance = network => percent(probabilities(network, picture)[label]);
  const whose = drawings.length > 1 ? `${drawings.length} drawings of yours` : "your drawing";
  return `Trained again, with ${whose}. It gave ${a(label)} ${chance(before)}, now ${chance(after)}. ` +
    `Of the ${after.tests} test pictures it read ${before.right}, now ${after.right}. ` +
    `This drawing it has practised. Draw another ${label}: does it read that, too?`;
}
