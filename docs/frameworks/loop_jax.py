import jax
import jax.numpy as jnp
import numpy as np

from nnbasics import Dense, load_digits

images, labels = load_digits()
rng = np.random.default_rng(0)
training, validation, test = np.split(rng.permutation(1797), [1280, 1497])
X, y = images[training] / 16, labels[training]
first, last = Dense(64, 32, rng=rng), Dense(32, 10, rng=rng)

jax.config.update("jax_enable_x64", True)  # before the first array
params = [
    {"w": jnp.array(dense.weights.value), "b": jnp.array(dense.bias.value)}
    for dense in (first, last)
]


def loss_fn(params, inputs, targets):
    hidden = jax.nn.relu(inputs @ params[0]["w"] + params[0]["b"])
    logits = hidden @ params[1]["w"] + params[1]["b"]
    right = jnp.take_along_axis(jax.nn.log_softmax(logits), targets[:, None], axis=1)
    return -right.mean()


@jax.jit
def update(params, inputs, targets):
    loss, grads = jax.value_and_grad(loss_fn)(params, inputs, targets)
    return jax.tree.map(lambda p, g: p - 0.1 * g, params, grads), loss


losses = []
for _ in range(20):
    total = 0.0
    for batch in rng.permutation(1280).reshape(-1, 32):
        params, loss = update(params, X[batch], y[batch])
        total += float(loss) * len(batch)
    losses.append(total / len(X))
print(f"After 20 epochs: {losses[-1]:.3f}")
