using System.IO.Compression;
using AdvFit.Messages;

namespace AdvFit.Reporting.Tests;

public class Galleries
{
    private static readonly ShuffleOutcome Outcome = new(3, [1, 2], 2, [], []);

    [Fact]
    public void Of_each_class_the_first_image_that_most_attacks_fooled_is_shown()
    {
        // Even images are cats, odd ones dogs. Both attacks fooled 4, the second cat; no more than one fooled any dog.
        var gallery = Make(Attack("a", 0, 4, 5), Attack("b", 4, 3));

        gallery!.Items.Select(item => (item.Index, item.Label)).ShouldBe([(4, "cat"), (3, "dog")]);
        gallery.Items[0].Adversarial.Select(example => example.Attack).ShouldBe(["a", "b"]);
        gallery.Items[1].Adversarial.Select(example => example.Attack).ShouldBe(["b"]);
        (gallery.Shuffle, gallery.ReferenceLevel).ShouldBe((3, 2));
    }

    [Fact]
    public void A_difference_is_magnified_about_middle_grey_as_much_as_fits()
    {
        // 40/255 raised by 0.1.
        var example = Make(Attack("a", 4))!.Items.Single().Adversarial.Single();

        example.Magnification.ShouldBe(5);
        Pixel(example.Image).ShouldBe((byte)Math.Round(40 + 25.5));
        Pixel(example.Difference).ShouldBe((byte)255);
        (example.Predicted, example.L2, example.Linf).ShouldBe(("dog", 0.1, 0.1));
    }

    [Fact]
    public void Only_examples_of_the_adversarial_set_are_shown_each_with_its_own_pixels()
    {
        var attack = Attack("a", 0, 4, 2) with { Kept = [false, true, false] };

        var example = Make(attack)!.Items.Single();

        example.Index.ShouldBe(4);
        Pixel(example.Adversarial.Single().Image).ShouldBe((byte)Math.Round(40 + 25.5));
    }

    [Fact]
    public void Where_nothing_was_fooled_there_is_none() => Make(Attack("a")).ShouldBeNull();

    private static Gallery? Make(params GalleryBuilder.AttackImages[] attacks) =>
        new GalleryBuilder(Some.Data(8, "cat", "dog"), [.. attacks]).Make(Outcome);

    /// <summary>Every image made lighter by 0.1, and taken for a dog.</summary>
    private static GalleryBuilder.AttackImages Attack(string label, params int[] images) => new(
        label,
        new CraftedSet(
            images, [.. images.Select(_ => (byte)1)], [.. images.Select(_ => 0.1)], [.. images.Select(_ => 0.1)]),
        [.. images.Select(_ => true)], [.. images.Select(image => image * 10 / 255f + 0.1f)]);

    /// <summary>The only pixel of a PNG file: after signature and header, in the first bytes of the compressed data.</summary>
    private static byte Pixel(string uri)
    {
        var file = Convert.FromBase64String(uri["data:image/png;base64,".Length..]);
        using var data = new ZLibStream(new MemoryStream(file[(8 + 25 + 8)..]), CompressionMode.Decompress);
        data.ReadByte().ShouldBe(0);
        return (byte)data.ReadByte();
    }
}
