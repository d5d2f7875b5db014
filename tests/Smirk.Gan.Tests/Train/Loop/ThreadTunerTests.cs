using Smirk.Gan.Train.Loop;

namespace Smirk.Gan.Tests.Train.Loop;

public sealed class ThreadTunerTests
{
    private const int Cores = 8;
    private const int Round = 8;

    [Fact]
    public void On_a_quiet_machine_there_is_a_thread_for_each_core_nearly_all_the_time()
    {
        var tuner = new ThreadTuner(Cores, Round);
        var with = Run(tuner, 200 * Round, threads => 1.0 / threads);
        Assert.Equal(Cores, tuner.Chosen);
        Assert.InRange(with.GetValueOrDefault(Cores), 180 * Round, 200 * Round);
        Assert.Equal(Cores, with.Keys.Max());
    }

    [Fact]
    public void Where_fewer_are_faster_it_goes_down_to_them_and_back_up_when_the_machine_is_quiet_again()
    {
        var tuner = new ThreadTuner(Cores, Round);
        Run(tuner, 40 * Round, threads => threads <= 2 ? 1.0 / threads : 0.3 * threads);
        Assert.Equal(2, tuner.Chosen);
        Run(tuner, 120 * Round, threads => 1.0 / threads);
        Assert.Equal(Cores, tuner.Chosen);
    }

    [Fact]
    public void A_few_hundredths_decide_nothing()
    {
        var tuner = new ThreadTuner(2, Round);
        var noise = new Random(3);
        Run(tuner, 400 * Round, _ => 1 + 0.04 * noise.NextDouble());
        Assert.Equal(2, tuner.Chosen);
    }

    [Fact]
    public void One_core_is_never_tried_with_anything_else()
    {
        var tuner = new ThreadTuner(1, Round);
        Assert.Equal([1], Run(tuner, 50 * Round, _ => 1).Keys);
    }

    // Steps that take as long as the function says for the threads that they were made with; how many there were with each number.
    private static Dictionary<int, int> Run(ThreadTuner tuner, int steps, Func<int, double> seconds)
    {
        var with = new Dictionary<int, int>();
        for (var i = 0; i < steps; i++)
        {
            with[tuner.Threads] = with.GetValueOrDefault(tuner.Threads) + 1;
            tuner.Note(seconds(tuner.Threads));
        }

        return with;
    }
}
