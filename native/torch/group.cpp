// Process groups for the caller.
#include "group.h"

using namespace smirk;

SMIRK_EXPORT int32_t smirk_torch_group_available() noexcept { return groups_available(); }

// A connection to a store. serve: keeps it in this process; otherwise it is reached over the network.
SMIRK_EXPORT int32_t smirk_torch_store(const char* host, int32_t port, int32_t serve, int64_t milliseconds, const char* prefix,
                                       Store** out) {
    return guarded([&] {
        require(port >= 1 && port <= 65535, "a store has a port from 1 to 65535, not ", port);
        *out = open_store(host, static_cast<uint16_t>(port), serve != 0, std::chrono::milliseconds(milliseconds), prefix);
    });
}

SMIRK_EXPORT void smirk_torch_store_free(Store* store) noexcept { delete store; }

SMIRK_EXPORT int32_t smirk_torch_store_set(Store* store, const char* key, const uint8_t* value, int64_t count) {
    return guarded([&] { store->set(key, {value, value + count}); });
}

// Gives no tensor where there is no such key.
SMIRK_EXPORT int32_t smirk_torch_store_get(Store* store, const char* key, Handle* out) {
    return guarded([&] {
        *out = nullptr;
        std::vector<uint8_t> value;
        if (!store->get(key, value)) return;
        auto tensor = at::empty({static_cast<int64_t>(value.size())}, at::kByte);
        if (!value.empty()) std::memcpy(tensor.data_ptr(), value.data(), value.size());
        *out = give(tensor);
    });
}

// address: of the interface that the other processes reach this one at. Every process of the group calls it; it returns when all have met.
SMIRK_EXPORT int32_t smirk_torch_group(Store* store, int32_t rank, int32_t size, const char* address, Group** out) {
    return guarded([&] {
        require(size >= 1 && rank >= 0 && rank < size, "a group of ", size, " has no process ", rank);
        *out = open_group(*store, rank, size, address);
    });
}

SMIRK_EXPORT void smirk_torch_group_free(Group* group) noexcept { delete group; }

// May be called from any thread.
SMIRK_EXPORT void smirk_torch_group_abandon(Group* group) noexcept { group->abandoned = true; }

// The tensor as the group takes it; what has changed goes back by write_back.
static at::Tensor on_cpu(const at::Tensor& tensor) { return tensor.detach().to(at::kCPU).contiguous(); }

static void write_back(const at::Tensor& tensor, const at::Tensor& changed) {
    at::NoGradGuard no_grad;
    if (changed.data_ptr() != tensor.data_ptr())
        tensor.copy_(changed);
    else
        tensor.unsafeGetTensorImpl()->bump_version();
}

SMIRK_EXPORT int32_t smirk_torch_group_sum(Group* group, Handle tensor) {
    return guarded([&] {
        const auto sum = on_cpu(*tensor);
        group->sum(sum);
        write_back(*tensor, sum);
    });
}

SMIRK_EXPORT int32_t smirk_torch_group_broadcast(Group* group, Handle tensor, int32_t root) {
    return guarded([&] {
        require(root >= 0 && root < group->size, "a group of ", group->size, " has no process ", root);
        const auto value = on_cpu(*tensor);
        group->broadcast(value, root);
        write_back(*tensor, value);
    });
}

// Begins to average the gradients that the parameters hold over all processes.
SMIRK_EXPORT int32_t smirk_torch_exchange_begin(Group* group, const Handle* parameters, int32_t count, Exchange** out) {
    return guarded([&] {
        at::NoGradGuard no_grad;
        RECORD_FUNCTION("exchange", {});
        *out = group->begin_average(list(parameters, count));
    });
}

// Frees the exchange, too. If it fails, the exchange is never freed: the library may still be writing into it.
SMIRK_EXPORT int32_t smirk_torch_exchange_end(Exchange* exchange) {
    return guarded([&] {
        at::NoGradGuard no_grad;
        RECORD_FUNCTION("exchange", {});
        exchange->end();
        delete exchange;
    });
}
