// How many threads an operation uses: what libtorch says of the thread that calls.
#pragma once
#include "prelude.h"

namespace smirk {

// An operation is under way. OpenBLAS has one number for all callers, changes it whenever a caller's is another, and gives away the
// buffers of products that are still being worked on: those came out wrong. So operations of callers with one number run side by side, and
// wait for those with another to be done. One that waits for other processes keeps them waiting, too.
class Threads {
   public:
    Threads();
    ~Threads();
    Threads(const Threads&) = delete;
    Threads& operator=(const Threads&) = delete;
};

}  // namespace smirk
