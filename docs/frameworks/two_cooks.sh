torchrun --standalone --nproc-per-node 2 cooks_torch.py
