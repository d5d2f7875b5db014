// How many threads an operation uses: one number for the whole process, which changes only while no operation runs.
#pragma once
#include "prelude.h"

namespace smirk {

// An operation is under way. libtorch keeps a number for each thread that calls it, OpenBLAS one for all of them, which it changes whenever
// a caller's is another, giving away the buffers of products that are still being worked on: those came out wrong.
class Threads {
   public:
    Threads();
    ~Threads();
    Threads(const Threads&) = delete;
    Threads& operator=(const Threads&) = delete;

    // From the next operation on that begins when no other is under way.
    static void want(int count);
    static int wanted();
};

}  // namespace smirk
