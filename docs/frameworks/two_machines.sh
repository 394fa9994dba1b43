torchrun --nnodes 2 --nproc-per-node 1 --rdzv-backend c10d --rdzv-endpoint first:29500 --rdzv-conf join_timeout=15 cooks_torch.py
