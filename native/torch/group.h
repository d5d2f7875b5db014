// Several processes that train one network: where they meet, and sums and broadcasts over all of them.
#pragma once
#include "tensor.h"

namespace smirk {

// Keys and values that all processes reach.
class Store {
   public:
    virtual ~Store() = default;
    virtual void set(const std::string& key, std::vector<uint8_t> value) = 0;

    // False where there is no such key: waiting for one would keep the connection from saying anything else.
    virtual bool get(const std::string& key, std::vector<uint8_t>& value) = 0;
};

// Gradients of many tensors on their way through all processes.
class Exchange {
   public:
    virtual ~Exchange() = default;

    // Waits, and puts the averages in the place of the gradients.
    virtual void end() = 0;
};

// Every process calls the same functions in the same order. They wait as long as it takes: others may be measuring, for minutes. Whoever
// notices that one of them is gone abandons the group; then what waits fails.
class Group {
   public:
    explicit Group(int64_t size) : size(size) {}
    virtual ~Group() = default;

    // In place, of a tensor on the CPU whose elements follow each other.
    virtual void sum(at::Tensor tensor) = 0;
    virtual void broadcast(at::Tensor tensor, int32_t root) = 0;

    // As one message; tensors without a gradient are left out.
    virtual Exchange* begin_average(const std::vector<at::Tensor>& tensors) = 0;

    void sum(std::vector<double>& numbers) {
        // A tensor of its own: the library may still be writing into it when the wait is given up.
        auto tensor = at::empty({static_cast<int64_t>(numbers.size())}, at::kDouble);
        std::memcpy(tensor.data_ptr(), numbers.data(), numbers.size() * sizeof(double));
        sum(tensor);
        std::memcpy(numbers.data(), tensor.data_ptr(), numbers.size() * sizeof(double));
    }

    const int64_t size;
    std::atomic<bool> abandoned{false};
};

// c10d's, see gloo.cpp. Where the shim was built without, groups_available says no and the others refuse.
bool groups_available() noexcept;
Store* open_store(const std::string& host, uint16_t port, bool serve, std::chrono::milliseconds patience, const std::string& prefix);
Group* open_group(Store& store, int32_t rank, int32_t size, const std::string& address);

}  // namespace smirk
