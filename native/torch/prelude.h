// What every source needs, precompiled: libtorch's headers cost 20 s each time.
#pragma once
#include <torch/torch.h>

#include <atomic>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <string>
#include <vector>
