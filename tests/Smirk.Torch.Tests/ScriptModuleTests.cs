using Smirk.Torch.Errors;

namespace Smirk.Torch.Tests;

public class ScriptModuleTests
{
    [Fact]
    public void A_TorchScript_file_gives_what_PyTorch_gave()
    {
        using var scope = TensorScope.Open();
        var golden = new Golden("script");
        using var module = ScriptModule.Load(Golden.PathOf("features.pt"));
        Golden.Near(golden["out"], module.Forward(golden["x"]));
    }

    [Fact]
    public void Other_files_are_refused()
    {
        Assert.Throws<FileNotFoundException>(() => ScriptModule.Load("/nowhere/inception.pt"));
        Assert.ThrowsAny<TorchException>(() => ScriptModule.Load(Golden.PathOf("make_goldens.py")));
    }
}
