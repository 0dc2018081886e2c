using System.CommandLine;
using AdvFit.Cli.Commands;
using AdvFit.Learning.Networks;

namespace AdvFit.Cli.Models;

/// <summary>Options of the commands that work on a network trained elsewhere.</summary>
internal static class ModelOptions
{
    public static Option<string> Network() => new("--network")
    {
        Description = $"{string.Join(" or ", NetworkCatalog.Names)}, or a YAML file that lists the layers",
        HelpName = "NAME|FILE",
        Required = true,
    };

    public static Option<string> Weights() => File(
        "--weights", "Weights in safetensors, with the names and shapes of PyTorch's state_dict", isRequired: true);

    public static Option<string> Images() => File(
        "--images", "Images in .npy: float32 [N, channels, rows, columns] in [0, 1]", isRequired: true);

    public static Option<string> Labels(bool isRequired) => File(
        "--labels", "True classes in .npy: int64 [N]", isRequired);

    public static Option<string> Output(string arrays)
    {
        var option = File("--output", $"Where to write {arrays}, in .npz", isRequired: true);
        option.Aliases.Add("-o");
        return option;
    }

    public static Option<int?> Threads() => CommonOptions.Positive(
        "--threads", "Threads to use; otherwise one per physical core. The results do not depend on it");

    private static Option<string> File(string name, string description, bool isRequired) => new(name)
    {
        Description = description,
        HelpName = "FILE",
        Required = isRequired,
    };
}
