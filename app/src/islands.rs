//! What wakes the islands of a page, once the page is there to be read.

use leptos::prelude::*;

/// The module script of a page that was built with these options.
///
/// Nothing in it is needed to read or to use the page, so none of it is asked for before the first paint: on a
/// slow line style and text have it for themselves. Script and WASM then come together, and only where there is
/// an island. Leptos asks for both at once in the head of the page; its own part, which walks the islands, is
/// taken as it is.
pub(crate) fn waking_script(options: LeptosOptions) -> String {
    let (package, name) = (options.site_pkg_dir.clone(), options.output_name.clone());
    // Besides, it tells this render that what is outside of islands stays as it is.
    let theirs = view! { <HydrationScripts options=options islands=true /> }.to_html();
    let walk = inside_script(&theirs).unwrap_or_default();
    let fetched =
        format!("[['modulepreload','/{package}/{name}.js','script'],['preload','/{package}/{name}_bg.wasm','fetch']]");
    format!(
        "addEventListener('load',()=>requestAnimationFrame(()=>setTimeout(()=>{{\
         if(!document.querySelector('leptos-island'))return;\
         for(const [rel,href,as] of {fetched})document.head.append(Object.assign(document.createElement('link'),{{rel,href,as,crossOrigin:''}}));\
         {walk}\
         }})))"
    )
}

/// What stands in the module script of some HTML.
fn inside_script(html: &str) -> Option<&str> {
    let (_, from) = html.split_once("<script type=\"module\"")?;
    let (_, from) = from.split_once('>')?;
    Some(from.split_once("</script>")?.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_walk_over_islands_is_in_it_and_nothing_is_asked_for_before() {
        let options = LeptosOptions::builder().output_name("frontend-1a2b").site_pkg_dir("pkg").build();
        let script = Owner::new().with(|| waking_script(options));
        assert!(script.starts_with("addEventListener('load'"));
        // Leptos's own: where another version writes it otherwise, islands would stay asleep.
        assert!(script.contains("leptos-island") && script.contains("mod.hydrate()"), "{script}");
        assert!(script.contains(r#"("", "pkg", "frontend-1a2b", "frontend-1a2b_bg", false)"#), "{script}");
        assert!(script.contains("/pkg/frontend-1a2b_bg.wasm"));
        assert!(!script.contains('<'), "it stands in a page");
    }
}
