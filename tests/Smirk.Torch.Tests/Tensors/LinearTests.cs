using Smirk.Torch.Tensors;

namespace Smirk.Torch.Tests.Tensors;

public class LinearTests
{
    [Fact]
    public void Products_and_both_their_gradients_equal_PyTorchs()
    {
        Golden.MatchesTwice("matmul", ["x", "y"], x => x[0].MatMul(x[1]));
        Golden.MatchesTwice("bmm", ["x", "y"], x => x[0].BatchMatMul(x[1]));
        Golden.MatchesTwice("linear", ["x", "w", "b"], x => Tensor.AddMatMul(x[2], x[0], x[1].Transpose(0, 1)));
    }

    [Fact]
    public void Distances_and_decompositions_equal_PyTorchs()
    {
        using var scope = TensorScope.Open();
        var golden = new Golden("decompositions");
        Golden.Near(golden["cdist"], Tensor.CDist(golden["a"], golden["b"]));
        var symmetric = golden["symmetric"];
        var (values, vectors) = symmetric.Eigh();
        Golden.Near(golden["values"], values, 1e-10);
        Golden.Near(symmetric, (vectors * values).MatMul(vectors.Transpose(0, 1)), 1e-10);
        var (u, s, vh) = golden["a"].Svd();
        Golden.Near(golden["singular"], s);
        Golden.Near(golden["a"], (u * s).MatMul(vh));
    }
}
