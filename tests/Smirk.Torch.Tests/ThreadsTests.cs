using Smirk.Torch.Tensors;

namespace Smirk.Torch.Tests;

public sealed class ThreadsTests
{
    // OpenBLAS gives the buffers of running products away when its number of threads changes.
    [Fact]
    public async Task Products_are_right_while_others_change_the_number_of_threads()
    {
        using var random = new Generator(1);
        using var a = Tensor.RandomUniform([64, 2048], -1, 1, random).Own();
        using var b = Tensor.RandomUniform([2048, 512], -1, 1, random).Own();
        var before = TorchRuntime.Threads;
        var expected = Product(a, b);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Factory.StartNew(() =>
        {
            for (var round = 0; round < 15; round++)
            {
                TorchRuntime.SetThreads(1 + (worker + round) % 2);
                Assert.True(Product(a, b).Zip(expected, (one, other) => Math.Abs(one - other)).Max() < 1e-2);
            }
        }, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        TorchRuntime.SetThreads(before);
    }

    [Fact]
    public void The_number_of_threads_is_the_calling_threads_own_and_that_of_those_after_it()
    {
        var (first, second) = (0, 0);
        var one = new Thread(() =>
        {
            TorchRuntime.SetThreads(3);
            var other = new Thread(() =>
            {
                first = TorchRuntime.Threads;
                TorchRuntime.SetThreads(2);
            });
            other.Start();
            other.Join();
            second = TorchRuntime.Threads;
            TorchRuntime.SetThreads();
        });
        one.Start();
        one.Join();
        Assert.Equal((3, 3), (first, second));
        Assert.Throws<ArgumentOutOfRangeException>(() => TorchRuntime.SetThreads(-1));
    }

    private static float[] Product(Tensor a, Tensor b)
    {
        using var scope = TensorScope.Open();
        return a.MatMul(b).ToArray<float>();
    }
}
