// TorchScript modules: loaded from a file, run, freed.
#include "tensor.h"

#include <torch/script.h>

using namespace smirk;
using Script = torch::jit::Module*;

SMIRK_EXPORT int32_t smirk_torch_script_load(const char* path, int32_t where, Script* out) {
    return computed([&] {
        require(path, "no file is named");
        auto module = torch::jit::load(path, device(where));
        module.eval();
        *out = new torch::jit::Module(std::move(module));
    });
}

SMIRK_EXPORT void smirk_torch_script_free(Script module) noexcept { delete module; }

// Gives the first of several tensors.
SMIRK_EXPORT int32_t smirk_torch_script_forward(Script module, Handle input, Handle* out) {
    return computed([&] {
        auto result = module->forward({*input});
        if (result.isTuple() && !result.toTupleRef().elements().empty()) result = result.toTupleRef().elements()[0];
        if (result.isTensorList() && result.toTensorList().size() > 0) result = at::Tensor(result.toTensorList()[0]);
        require(result.isTensor(), "the TorchScript module returned ", result.tagKind(), ", not a tensor");
        *out = give(result.toTensor());
    });
}
