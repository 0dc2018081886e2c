using System.CommandLine;
using System.Diagnostics;
using AdvFit.Cli.Models;
using AdvFit.Cli.Rendering;
using AdvFit.Experiments;
using AdvFit.Learning.Attacks;
using AdvFit.Learning.Formats;
using AdvFit.Learning.Networks;
using AdvFit.Learning.Training;
using AdvFit.Sweeps.Local;

namespace AdvFit.Cli.Commands;

/// <summary><c>advfit attack</c>: adversarial examples against a network trained elsewhere.</summary>
internal static class AttackCommand
{
    private const string DefaultProfile = "paper";

    public static Command Create()
    {
        var (network, weights, images) = (ModelOptions.Network(), ModelOptions.Weights(), ModelOptions.Images());
        var (labels, threads) = (ModelOptions.Labels(isRequired: true), ModelOptions.Threads());
        var output = ModelOptions.Output("the adversarial examples and what is known of them");
        var attack = new Option<string>("--attack")
        {
            Description = string.Join(", ", AttackCatalog.Attacks.Select(known => known.Name)),
            HelpName = "NAME",
            Required = true,
        };
        var profile = new Option<string>("--profile")
        {
            Description = "Named set of the attack's parameters: paper, reference, foolbox or art",
            HelpName = "NAME",
            DefaultValueFactory = _ => DefaultProfile,
        };
        var set = new Option<string[]>("--set")
        {
            Description = "Another value for a parameter of the profile; may be repeated",
            HelpName = "PARAMETER=VALUE",
        };
        var seed = new Option<ulong>("--seed")
        {
            Description = "What the random draws of an attack derive from; fgsm and deepfool draw none",
            HelpName = "N",
        };
        var command = new DocumentedCommand(
            "attack",
            "Attack a network trained elsewhere, such as with PyTorch.",
            "attack --network lenet5 --weights w.safetensors --images x.npy --labels y.npy --attack fgsm -o out.npz",
            "attack --network my-net.yaml --weights w.safetensors --images x.npy --labels y.npy "
            + "--attack deepfool --profile reference --set max_iterations=50 --seed 1 -o out.npz")
        {
            network, weights, images, labels, attack, profile, set, seed, output, threads,
        };
        command.SetAction(parsed =>
        {
            var chosen = ChosenAttack.Create(
                parsed.GetRequiredValue(attack), parsed.GetRequiredValue(profile), parsed.GetValue(set) ?? []);
            var file = new OutputFile(parsed.GetRequiredValue(output));
            var array = ImageArray.Read(parsed.GetRequiredValue(images));
            var victim = Victim.Load(parsed.GetRequiredValue(network), parsed.GetRequiredValue(weights), array);
            var truth = LabelArray.Read(parsed.GetRequiredValue(labels), array, victim.Classes);
            var attacked = Attack(
                victim, array, truth, chosen, parsed.GetValue(seed), parsed.GetValue(threads) ?? PhysicalCores.Count());
            file.Write(Arrays(attacked, array, victim));
            AttackView.Write(Terminal.Out, attacked, parsed.GetRequiredValue(output));
            return ExitCodes.Done;
        });
        return command;
    }

    private static AttackedImages Attack(
        Network victim, ImageArray images, byte[] labels, ChosenAttack chosen, ulong seed, int threads)
    {
        var predicted = PredictCommand.Predicted(Logits(images.Pixels), victim);
        var (nonFinite, zero) = new GradientMaskingCheck(victim).Run(
            new FloatImages(images.Pixels, labels, images.Shape.Length), [.. Enumerable.Range(0, images.Count)]);
        using var line = new ProgressLine();
        line.Show($"{chosen.Name}: {Format.Count(images.Count, "image")}");
        var clock = Stopwatch.StartNew();
        var result = ChunkedAttack.Craft(
            chosen.Attack, victim, images.CopyTo, labels, SampleStreams.Numbered(images.Count, seed), threads,
            done => line.Show(
                $"{chosen.Name}: {Format.Count(done)} of {Format.Count(images.Count, "image")}, about "
                + $"{Format.Clock((images.Count - done) / (double)done * clock.Elapsed)} left"));
        return new AttackedImages(
            victim, images, labels, chosen, predicted, nonFinite, zero, result, Logits(result.Adversarial), clock.Elapsed,
            threads);

        float[] Logits(float[] pixels) => ChunkedPrediction.Logits(
            victim, ImageArray.Unlabelled(pixels, images.Count), images.Count, threads);
    }

    private static byte[] Arrays(AttackedImages attacked, ImageArray images, Network victim)
    {
        var (result, count, shape) = (attacked.Result, images.Count, images.Shape);
        return Npz.Write(
            ("adversarial", new NpyArray<float>([count, shape.Channels, shape.Height, shape.Width], result.Adversarial)),
            ("success", Vector(result.Success)), ("l2", Vector(result.L2)), ("linf", Vector(result.Linf)),
            ("queries", Vector(result.Queries)), ("gradients", Vector(result.Gradients)),
            ("predicted", Vector(attacked.Predicted)),
            ("adversarial_predicted", Vector(Array.ConvertAll(result.Predicted, prediction => (long)prediction))),
            ("logits", new NpyArray<float>([count, victim.Classes], attacked.AdversarialLogits)));

        NpyArray<T> Vector<T>(T[] values)
            where T : unmanaged => new([count], values);
    }
}
