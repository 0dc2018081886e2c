using System.Collections.Immutable;
using System.Globalization;
using AdvFit.Learning.Attacks;
using AdvFit.Learning.Attacks.CarliniWagner;
using AdvFit.Learning.Attacks.DeepFool;
using AdvFit.Learning.Attacks.Fgsm;
using AdvFit.Learning.Attacks.HopSkipJump;

namespace AdvFit.Learning.Tests.Attacks;

public class AttackCatalogTests
{
    [Fact]
    public void Every_attack_has_the_four_profiles_each_with_a_source_and_allowed_values_for_every_parameter()
    {
        foreach (var attack in AttackCatalog.Attacks)
        {
            attack.Profiles.Select(profile => profile.Name).ShouldBe(["paper", "reference", "foolbox", "art"]);
            foreach (var profile in attack.Profiles)
            {
                profile.Source.ShouldNotBeNullOrWhiteSpace();
                profile.Parameters.Keys.ShouldBe(attack.Parameters.Select(p => p.Name), ignoreOrder: true);
                attack.Parameters.ShouldAllBe(p => p.Refuse(profile.Parameters[p.Name]) == null);
                attack.Create(profile.Parameters).ShouldNotBeNull();
            }
        }
    }

    [Fact]
    public void The_paper_profiles_are_what_the_paper_says()
    {
        Profile("fgsm", "paper")["epsilon"].ShouldBe(0.1);
        Profile("fgsm", "paper")["search_steps"].ShouldBe(1);
        Profile("deepfool", "paper")["max_iterations"].ShouldBe(100);
        Profile("deepfool", "paper")["overshoot"].ShouldBe(0);
        Profile("carlini-wagner", "paper").ShouldBe(Profile("carlini-wagner", "art"));
        Profile("hopskipjump", "paper").ShouldBe(Profile("hopskipjump", "art"));
    }

    [Fact]
    public void An_unknown_attack_is_refused_with_the_known_ones() =>
        Should.Throw<ArgumentException>(() => AttackCatalog.Get("fgms"))
            .Message.ShouldContain("no attack 'fgms'; there are fgsm, deepfool, carlini-wagner, hopskipjump");

    [Fact]
    public void Every_fault_of_the_parameters_is_named_at_once()
    {
        var parameters = Profile("deepfool", "paper").Remove("overshoot")
            .SetItem("max_iterations", 1.5).SetItem("candidates", 1).SetItem("overshoot_each_step", 2)
            .SetItem("step_margin", double.NaN).SetItem("steps", 3);

        var message = Should.Throw<ArgumentException>(() => AttackCatalog.Get("deepfool").Create(parameters)).Message;

        message.ShouldContain("max_iterations must be a whole number from 1 to 1000000, but is 1.5");
        message.ShouldContain("candidates must be a whole number from 2 to 256, but is 1");
        message.ShouldContain("overshoot is missing");
        message.ShouldContain("overshoot_each_step must be 0 (no) or 1 (yes), but is 2");
        message.ShouldContain("step_margin must be a number from 0 to 1, but is NaN");
        message.ShouldContain("it has no parameter steps");
    }

    [Fact]
    public void Parameters_reach_the_attack()
    {
        var classifier = new LinearClassifier(new(1, 1, 2), [[0, 0], [1, -1]], [9, 0]);
        AttackCatalog.Get("fgsm").Create(Profile("fgsm", "paper").SetItem("epsilon", 0.25))
            .Craft(classifier, [0.5f, 0.5f], [0]).Adversarial.ShouldBe([0.75f, 0.25f]);
    }

    [Fact]
    public void Parameters_out_of_range_are_refused_by_name()
    {
        Refused(new FgsmParameters { Epsilon = double.NaN }, "epsilon");
        Refused(new FgsmParameters { SearchSteps = 0 }, "search_steps");
        Refused(new FgsmParameters { RefinementSteps = -1 }, "refinement_steps");
        Refused(new DeepFoolParameters { MaxIterations = 0 }, "max_iterations");
        Refused(new DeepFoolParameters { Candidates = 1 }, "candidates");
        Refused(new DeepFoolParameters { Overshoot = double.NaN }, "overshoot");
        Refused(new DeepFoolParameters { StepMargin = -1 }, "step_margin");
        Refused(new HopSkipJumpParameters { MaxIterations = 0 }, "max_iterations");
        Refused(new HopSkipJumpParameters { InitialGradientQueries = 0 }, "initial_gradient_queries");
        Refused(new HopSkipJumpParameters { Gamma = double.NaN }, "gamma");
        Refused(new HopSkipJumpParameters { DimensionExponent = -1 }, "dimension_exponent");
        Refused(new HopSkipJumpParameters { StartTrials = 0 }, "start_trials");
        Refused(new HopSkipJumpParameters { BlendSteps = -1 }, "blend_steps");
        Refused(new HopSkipJumpParameters { QueryBudget = 0 }, "query_budget");
        Refused(new HopSkipJumpParameters { QueryBudget = 1 << 24 }, "query_budget");
        Refused(new CarliniWagnerParameters { InitialConstant = 0 }, "initial_constant");
        Refused(new CarliniWagnerParameters { BinarySearchSteps = 0 }, "binary_search_steps");
        Refused(new CarliniWagnerParameters { MaxIterations = 0 }, "max_iterations");
        Refused(new CarliniWagnerParameters { LearningRate = double.NaN }, "learning_rate");
        Refused(new CarliniWagnerParameters { Confidence = -1 }, "confidence");
        Refused(new CarliniWagnerParameters { MaxHalvings = 0 }, "max_halvings");
        Refused(new CarliniWagnerParameters { MaxDoublings = -1 }, "max_doublings");
    }

    [Fact]
    public void Later_estimates_of_HopSkipJump_may_not_take_fewer_queries_than_the_first() =>
        Should.Throw<ArgumentOutOfRangeException>(() =>
            Attack.With(new HopSkipJumpParameters { InitialGradientQueries = 100, MaxGradientQueries = 99 }))
            .ParamName.ShouldBe("MaxGradientQueries");

    [Fact]
    public void Every_parameter_says_what_it_means_and_which_values_it_takes()
    {
        foreach (var parameter in AttackCatalog.Attacks.SelectMany(attack => attack.Parameters))
        {
            parameter.Meaning.ShouldNotBeNullOrWhiteSpace(parameter.Name);
            parameter.Type.ShouldBeOneOf(typeof(double), typeof(int), typeof(bool));
            (parameter.Minimum is null).ShouldBe(parameter.Type == typeof(bool), parameter.Name);
            (parameter.MinimumIsExclusive || parameter.MaximumIsExclusive).ShouldBeFalse(parameter.Name);
        }
    }

    [Fact]
    public void Parameters_that_are_not_given_are_those_of_the_paper()
    {
        foreach (var attack in AttackCatalog.Attacks)
        {
            var paper = Profile(attack.Name, "paper");
            attack.PassesPerSample(paper.Clear(), 10).ShouldBe(attack.PassesPerSample(paper, 10));
        }

        ParameterValues.Of(new FgsmParameters()).ShouldBe(Profile("fgsm", "paper"));
        ParameterValues.Of(new DeepFoolParameters()).ShouldBe(Profile("deepfool", "paper"));
        ParameterValues.Of(new CarliniWagnerParameters()).ShouldBe(Profile("carlini-wagner", "paper"));
        ParameterValues.Of(new HopSkipJumpParameters()).ShouldBe(Profile("hopskipjump", "paper"));
    }

    [Theory]
    [InlineData("fgsm", 3, 3, 3, 3)]
    [InlineData("deepfool", 33, 33, 33, 33)]
    [InlineData("carlini-wagner", 700, 60_000, 60_000, 700)]
    [InlineData("hopskipjump", 24_570, 17_665, 35_413, 24_570)]
    public void The_cost_of_a_sample_is_as_ever(string attack, int paper, int reference, int foolbox, int art) =>
        AttackCatalog.Get(attack).Profiles
            .Select(profile => AttackCatalog.Get(attack).PassesPerSample(profile.Parameters, classes: 10))
            .ShouldBe([paper, reference, foolbox, art]);

    [Fact]
    public void The_documented_parameters_are_the_declared_ones()
    {
        var page = Repository.Read("docs/attacks.md");
        foreach (var attack in AttackCatalog.Attacks)
        {
            page.ShouldContain($"### `{attack.Name}`\n");
            page.ShouldContain(Table(attack));
        }
    }

    private static string Table(AttackDefinition attack)
    {
        IEnumerable<string> columns =
            ["parameter", "meaning", "range", .. attack.Profiles.Select(profile => $"`{profile.Name}`")];
        var rows = attack.Parameters.Select(parameter => (IEnumerable<string>)
        [
            $"`{parameter.Name}`",
            parameter.Meaning,
            parameter.Type == typeof(bool) ? "no (0), yes (1)" : $"{Text(parameter.Minimum)} to {Text(parameter.Maximum)}",
            .. attack.Profiles.Select(profile => Text(profile.Parameters[parameter.Name])),
        ]);
        return string.Concat(
            rows.Prepend(columns.Select(_ => "---")).Prepend(columns).Select(row => $"| {string.Join(" | ", row)} |\n"));

        static string Text(double? number) => number?.ToString("#,0.#########", CultureInfo.InvariantCulture) ?? "";
    }

    private static void Refused<TParameters>(TParameters parameters, string name)
        where TParameters : notnull =>
        Should.Throw<ArgumentException>(() => Attack.With(parameters)).Message.ShouldContain($": {name} must be ");

    private static ImmutableSortedDictionary<string, double> Profile(string attack, string profile) =>
        AttackCatalog.Find(attack)!.Profiles.Single(known => known.Name == profile).Parameters;
}
