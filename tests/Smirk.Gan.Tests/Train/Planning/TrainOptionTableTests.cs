using Smirk.Gan.Data;
using Smirk.Gan.Train;
using Smirk.Gan.Train.Planning;
using Smirk.Workspace.Errors;

namespace Smirk.Gan.Tests.Train.Planning;

public sealed class TrainOptionTableTests
{
    [Theory]
    [InlineData("kimg", "0")]
    [InlineData("kimg", "NaN")]
    [InlineData("kimg", "-1")]
    [InlineData("kimg", "1e300")]
    [InlineData("budget", "1e30")]
    [InlineData("budget", "0s")]
    [InlineData("budget", "soon")]
    [InlineData("batch", "1")]
    [InlineData("batch", "2.5")]
    [InlineData("seed", "-1")]
    [InlineData("learning-rate", "0")]
    [InlineData("learning-rate", "NaN")]
    [InlineData("held-out", "0.6")]
    [InlineData("thumbnail", "12")]
    [InlineData("kernel", "3")]
    [InlineData("mirror", "maybe")]
    [InlineData("recipe", "stylegan")]
    public void Value_out_of_range_is_refused_with_what_is_expected(string name, string text)
    {
        var error = Assert.Throws<UsageException>(() => Row(name).Read(new TrainOptions(), text));
        Assert.StartsWith($"--{name} {text}: expected ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Range_holds_for_options_that_no_command_line_read()
    {
        Assert.Contains("--kimg NaN", Assert.Throws<UsageException>(
            () => RecipePlanner.Check(new TrainOptions { Kimg = double.NaN })).Message);
        Assert.Contains("--batch 0", Assert.Throws<UsageException>(() => RecipePlanner.Check(new TrainOptions { Batch = 0 })).Message);
    }

    [Theory]
    [InlineData("dcgan", "gamma", "1", false)]
    [InlineData("dcgan", "mirror", "on", false)]
    [InlineData("dcgan", "mirror", "off", true)]
    [InlineData("dcgan", "augment", "auto", true)]
    [InlineData("dcgan", "labels", "folder", true)]
    [InlineData("auto", "kernel", "4", false)]
    [InlineData("auto", "gamma", "1", true)]
    public void Option_of_another_recipe_is_refused_by_name(string recipe, string name, string text, bool accepted)
    {
        var options = Row(name).Read(new TrainOptions { Recipe = recipe }, text);
        if (accepted)
            RecipePlanner.Check(options);
        else
            Assert.StartsWith($"--{name}: the recipe '{recipe}' has no such setting",
                Assert.Throws<UsageException>(() => RecipePlanner.Check(options)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("dcgan")]
    public void Plan_tells_the_value_and_reason_of_every_option_of_its_recipe(string recipe)
    {
        using var folder = new TemporaryFolder();
        using var pack = TrainingPack.Open(TinyPack.Write(folder));
        var plan = RecipePlanner.Plan(new TrainOptions { Recipe = recipe, Batch = 8 }, pack);
        var expected = TrainOptionTable.All.Where(row => row.Name is not ("budget" or "kimg" or "grey" or "nice")
            && (row.Recipes.Count == 0 || row.Recipes.Contains(recipe)));
        Assert.Equal(["pictures", "length", .. expected.Select(row => row.Name)], plan.Choices.Select(choice => choice.Name));
        Assert.All(plan.Choices, choice => Assert.NotEmpty(choice.InWords));
        Assert.Equal(("8", Reason.Asked), plan.Choices.Where(choice => choice.Name == "batch")
            .Select(choice => (choice.Value, choice.Why!.Value)).Single());
    }

    [Fact]
    public void Plan_identity_is_of_facts_and_not_of_how_they_are_told_of()
    {
        using var folder = new TemporaryFolder();
        using var pack = TrainingPack.Open(TinyPack.Write(folder));
        var plan = RecipePlanner.Plan(new TrainOptions(), pack);
        Assert.Equal(plan.Identity(), (plan with { Choices = [], Pack = "elsewhere" }).Identity());
        Assert.NotEqual(plan.Identity(), (plan with { Batch = 17 }).Identity());
        Assert.Equal(plan.Identity(), RecipePlan.FromJson(plan.ToJson()).Identity());
        Assert.DoesNotContain("mirrored pictures double", plan.ToJson());
    }

    private static TrainOption Row(string name) => TrainOptionTable.All.Single(row => row.Name == name);
}
