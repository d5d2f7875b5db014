// What every source needs, precompiled: libtorch's headers take 20 s to compile.
#pragma once
#include <torch/torch.h>

#include <atomic>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <string>
#include <vector>
