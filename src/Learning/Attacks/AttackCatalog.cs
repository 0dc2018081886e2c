using System.Collections.Immutable;

namespace AdvFit.Learning.Attacks;

/// <summary>
/// Every attack with its parameters and profiles, as data. What the profiles share and where the libraries differ is told
/// in docs/attacks.md.
/// </summary>
public static class AttackCatalog
{
    private static readonly ImmutableSortedDictionary<string, double> AdamSearch = Values(
        ("confidence", 0), ("initial_constant", 1e-3), ("binary_search_steps", 9), ("max_iterations", 10_000),
        ("learning_rate", 0.01), ("abort_early", 1), ("line_search", 0), ("max_halvings", 5), ("max_doublings", 5));

    private static readonly ImmutableSortedDictionary<string, double> LineSearch = AdamSearch.SetItems(Values(
        ("initial_constant", 0.01), ("binary_search_steps", 10), ("max_iterations", 10), ("abort_early", 0),
        ("line_search", 1)));

    private static readonly ImmutableSortedDictionary<string, double> AuthorsHopSkipJump = Values(
        ("max_iterations", 40), ("initial_gradient_queries", 100), ("max_gradient_queries", 10_000), ("gamma", 1),
        ("dimension_exponent", 1.5), ("start_trials", 10_000), ("blend_steps", 0), ("query_budget", 1_000_000));

    private static readonly ImmutableSortedDictionary<string, double> ArtHopSkipJump = AuthorsHopSkipJump.SetItems(Values(
        ("max_iterations", 50), ("gamma", 0.01), ("dimension_exponent", 0.5), ("start_trials", 100)));

    /// <summary>The attacks, in the order in which they are listed to people.</summary>
    public static ImmutableArray<AttackDescriptor> Attacks { get; } =
    [
        new(
            "fgsm",
            "FGSM",
            "Goodfellow, Shlens and Szegedy (2015), Explaining and harnessing adversarial examples, arXiv:1412.6572",
            [
                new("epsilon", ParameterKind.Real, 0, 1,
                    "largest change of a pixel; a pixel ranges over [0, 1]"),
                new("search_steps", ParameterKind.Whole, 1, 1_000_000,
                    "equally spaced sizes tried up to epsilon, ending at the first that succeeds; 1 tries epsilon only"),
                new("refinement_steps", ParameterKind.Whole, 0, 1_000_000,
                    "when one of so many first sizes succeeds, that many smaller ones are tried up to it; 0 does not refine"),
            ],
            [
                new("paper",
                    "Deniz et al. (2020), section 3: attack step size 0.1",
                    Values(("epsilon", 0.1), ("search_steps", 1), ("refinement_steps", 0))),
                new("reference",
                    "Goodfellow et al. (2015), section 4: 0.25 on MNIST (0.1 on a preprocessed CIFAR-10)",
                    Values(("epsilon", 0.25), ("search_steps", 1), ("refinement_steps", 0))),
                new("foolbox",
                    "Foolbox 2.4.0, foolbox/attacks/gradient.py, GradientSignAttack (Foolbox 3 has no default epsilon)",
                    Values(("epsilon", 1), ("search_steps", 1000), ("refinement_steps", 20))),
                new("art",
                    "ART 1.20.1, art/attacks/evasion/fast_gradient.py, FastGradientMethod with minimal=False",
                    Values(("epsilon", 0.3), ("search_steps", 1), ("refinement_steps", 0))),
            ]),
        new(
            "deepfool",
            "DeepFool",
            "Moosavi-Dezfooli, Fawzi and Frossard (2016), DeepFool: a simple and accurate method to fool deep neural "
            + "networks, arXiv:1511.04599",
            [
                new("max_iterations", ParameterKind.Whole, 1, 1_000_000,
                    "most steps taken"),
                new("candidates", ParameterKind.Whole, 2, 256,
                    "how many of the classes that are likeliest at the start are considered, the predicted one included; "
                    + "more than there are means all"),
                new("overshoot", ParameterKind.Real, 0, 10,
                    "share by which the perturbation is lengthened to cross the boundary"),
                new("overshoot_each_step", ParameterKind.Flag, 0, 1,
                    "whether each step is overshot, or only the final perturbation"),
                new("step_margin", ParameterKind.Real, 0, 1,
                    "added to the length of each step, in L2 over pixels in [0, 1]"),
            ],
            [
                new("paper",
                    "Deniz et al. (2020), section 3: 100 iterations, all classes; the final overshoot of 1e-6 had no effect "
                    + "in ART up to 1.3.0, art/attacks/evasion/deepfool.py",
                    Values(("max_iterations", 100), ("candidates", 256), ("overshoot", 0), ("overshoot_each_step", 0),
                        ("step_margin", 0))),
                new("reference",
                    "The attack's authors, github.com/LTS4/DeepFool of 2018-09-07, Python/deepfool.py",
                    Values(("max_iterations", 50), ("candidates", 10), ("overshoot", 0.02), ("overshoot_each_step", 1),
                        ("step_margin", 1e-4))),
                new("foolbox",
                    "Foolbox 3.3.4, foolbox/attacks/deepfool.py, L2DeepFoolAttack",
                    Values(("max_iterations", 50), ("candidates", 10), ("overshoot", 0.02), ("overshoot_each_step", 1),
                        ("step_margin", 1e-4))),
                new("art",
                    "ART 1.20.1, art/attacks/evasion/deepfool.py, DeepFool",
                    Values(("max_iterations", 100), ("candidates", 10), ("overshoot", 1e-6), ("overshoot_each_step", 0),
                        ("step_margin", 0))),
            ]),
        new(
            "carlini-wagner",
            "Carlini-Wagner L2",
            "Carlini and Wagner (2017), Towards evaluating the robustness of neural networks, arXiv:1608.04644",
            [
                new("confidence", ParameterKind.Real, 0, 1e6,
                    "kappa: by how much another logit must exceed the label's"),
                new("initial_constant", ParameterKind.Real, 1e-9, 1e9,
                    "first c, the weight of the classifier's part of the loss against the squared L2 distance"),
                new("binary_search_steps", ParameterKind.Whole, 1, 1000,
                    "how many constants are tried"),
                new("max_iterations", ParameterKind.Whole, 1, 1_000_000,
                    "most iterates tried with each constant; of the line search, gradients followed"),
                new("learning_rate", ParameterKind.Real, 1e-9, 10,
                    "in tanh space: Adam's, or the first length that the line search tries"),
                new("abort_early", ParameterKind.Flag, 0, 1,
                    "whether a constant is done with when the image's own loss has not fallen by 0.01% in a tenth of the "
                    + "iterations; not used by the line search"),
                new("line_search", ParameterKind.Flag, 0, 1,
                    "whether to follow the gradient as far as a line search says, as ART does, instead of Adam"),
                new("max_halvings", ParameterKind.Whole, 1, 1000,
                    "line search: lengths tried while the loss does not fall, each half of the last"),
                new("max_doublings", ParameterKind.Whole, 0, 1000,
                    "line search: lengths tried while the loss falls further, each twice the last"),
            ],
            [
                new("paper",
                    "Deniz et al. (2020) give no parameters; the defaults of ART, which they seem to have used, from 1.0 to "
                    + "1.20.1, CarliniL2Method",
                    LineSearch),
                new("reference",
                    "The attack's authors, github.com/carlini/nn_robust_attacks, l2_attack.py",
                    AdamSearch),
                new("foolbox",
                    "Foolbox 3.3.4, foolbox/attacks/carlini_wagner.py, L2CarliniWagnerAttack",
                    AdamSearch),
                new("art",
                    "ART 1.20.1, art/attacks/evasion/carlini.py, CarliniL2Method",
                    LineSearch),
            ]),
        new(
            "hopskipjump",
            "HopSkipJump",
            "Chen, Jordan and Wainwright (2019), HopSkipJumpAttack: a query-efficient decision-based attack, arXiv:1904.02144",
            [
                new("max_iterations", ParameterKind.Whole, 1, 1_000_000,
                    "most steps along an estimated gradient"),
                new("initial_gradient_queries", ParameterKind.Whole, 1, 1_000_000,
                    "queries of the first estimate; estimate t takes sqrt(t) times as many"),
                new("max_gradient_queries", ParameterKind.Whole, 1, 1_000_000,
                    "most queries of an estimate"),
                new("gamma", ParameterKind.Real, 1e-9, 1000,
                    "numerator of theta = gamma / d^exponent for d pixels, how near to the boundary a bisection ends, as a "
                    + "share of the distance"),
                new("dimension_exponent", ParameterKind.Real, 0, 3,
                    "exponent of theta"),
                new("start_trials", ParameterKind.Whole, 1, 1_000_000,
                    "most images of noise tried to start from"),
                new("blend_steps", ParameterKind.Whole, 0, 1_000_000,
                    "equally spaced blends of image and noise tried until one is adversarial; 0 bisects to 1/1000 instead"),
                new("query_budget", ParameterKind.Whole, 1, HopSkipJump.LargestBudget,
                    "most queries of an image, all told"),
            ],
            [
                new("paper",
                    "Deniz et al. (2020) give no parameters; the defaults of ART, which they seem to have used, from 1.1 to "
                    + "1.20.1, HopSkipJump",
                    ArtHopSkipJump),
                new("reference",
                    "The attack's authors, github.com/Jianbo-Lab/HSJA, hsja.py",
                    AuthorsHopSkipJump),
                new("foolbox",
                    "Foolbox 3.3.4, foolbox/attacks/hop_skip_jump.py, HopSkipJumpAttack, started by "
                    + "LinearSearchBlendedUniformNoiseAttack",
                    AuthorsHopSkipJump.SetItems(
                        Values(("max_iterations", 64), ("start_trials", 1000), ("blend_steps", 50)))),
                new("art",
                    "ART 1.20.1, art/attacks/evasion/hop_skip_jump.py, HopSkipJump",
                    ArtHopSkipJump),
            ]),
    ];

    /// <summary>The attack of that name, or null.</summary>
    public static AttackDescriptor? Find(string attack) =>
        Attacks.FirstOrDefault(descriptor => descriptor.Name == attack);

    /// <summary>Creates an attack from a value for each of its parameters, as a profile holds them.</summary>
    /// <exception cref="ArgumentException">
    /// The attack is unknown, or a parameter is missing, unknown or not allowed; the message names every fault.
    /// </exception>
    public static IAttack Create(string attack, IReadOnlyDictionary<string, double> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var descriptor = Find(attack) ?? throw new ArgumentException(
            $"There is no attack '{attack}'; there are {string.Join(", ", Attacks.Select(known => known.Name))}.",
            nameof(attack));
        var faults = Faults(descriptor, parameters).ToList();
        if (faults.Count > 0)
        {
            throw new ArgumentException($"Attack {attack}: {string.Join("; ", faults)}.", nameof(parameters));
        }

        return attack switch
        {
            "fgsm" => new Fgsm(new(
                parameters["epsilon"], (int)parameters["search_steps"], (int)parameters["refinement_steps"])),
            "deepfool" => new DeepFool(new(
                (int)parameters["max_iterations"], (int)parameters["candidates"], parameters["overshoot"],
                parameters["overshoot_each_step"] != 0, parameters["step_margin"])),
            "carlini-wagner" => CarliniWagner(parameters),
            "hopskipjump" => new HopSkipJump(new(
                (int)parameters["max_iterations"], (int)parameters["initial_gradient_queries"],
                (int)parameters["max_gradient_queries"], parameters["gamma"], parameters["dimension_exponent"],
                (int)parameters["start_trials"], (int)parameters["blend_steps"], (int)parameters["query_budget"])),
            _ => throw new InvalidOperationException($"Attack {attack} is listed but cannot be created."),
        };
    }

    private static IAttack CarliniWagner(IReadOnlyDictionary<string, double> parameters)
    {
        var (confidence, constant) = (parameters["confidence"], parameters["initial_constant"]);
        var (steps, iterations) = ((int)parameters["binary_search_steps"], (int)parameters["max_iterations"]);
        var rate = parameters["learning_rate"];
        return parameters["line_search"] != 0
            ? new CarliniWagnerLineSearch(new(
                confidence, constant, steps, iterations, rate, (int)parameters["max_halvings"],
                (int)parameters["max_doublings"]))
            : new CarliniWagner(new(confidence, constant, steps, iterations, rate, parameters["abort_early"] != 0));
    }

    private static IEnumerable<string> Faults(
        AttackDescriptor attack, IReadOnlyDictionary<string, double> parameters)
    {
        foreach (var descriptor in attack.Parameters)
        {
            var fault = parameters.TryGetValue(descriptor.Name, out var value)
                ? descriptor.Refuse(value)
                : $"{descriptor.Name} is missing";
            if (fault is not null)
            {
                yield return fault;
            }
        }

        foreach (var name in parameters.Keys.Order(StringComparer.Ordinal))
        {
            if (!attack.Parameters.Any(descriptor => descriptor.Name == name))
            {
                yield return $"it has no parameter {name}";
            }
        }
    }

    private static ImmutableSortedDictionary<string, double> Values(params (string Name, double Value)[] values) =>
        values.ToImmutableSortedDictionary(value => value.Name, value => value.Value, StringComparer.Ordinal);
}
