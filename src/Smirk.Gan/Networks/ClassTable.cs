using Smirk.Torch;
using Smirk.Torch.Modules;
using Smirk.Torch.Tensors;

namespace Smirk.Gan.Networks;

/// <summary>Learned numbers for each class. Parameter weight [classes, width].</summary>
public sealed class ClassTable : Module
{
    /// <summary>Numbers start from N(0, <paramref name="deviation"/>).</summary>
    /// <param name="classes">Number of classes.</param>
    /// <param name="width">Numbers a class.</param>
    /// <param name="random">Where they come from.</param>
    /// <param name="deviation">Their standard deviation at the start.</param>
    public ClassTable(int classes, int width, Generator random, double deviation = 1) =>
        AddParameter("weight", Tensor.Empty([classes, width]).FillNormal(0, deviation, random));

    /// <summary>The numbers of all classes, [classes, width].</summary>
    public Tensor Table => Parameter(0);

    /// <summary>The numbers of each of <paramref name="classes"/>, [N, width].</summary>
    /// <param name="classes">Class numbers from 0, int64 [N], on the table's device.</param>
    public Tensor Forward(Tensor classes) => Parameter(0).IndexSelect(0, classes);
}
