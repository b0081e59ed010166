//! Binds a wasm from the compiler to JavaScript: `samplan-bindgen <wasm> <name> <folder> [--small]` writes `<name>.js` and
//! `<name>_bg.wasm` into the folder. `--small` leaves the names of functions out.

use std::env;
use std::process::ExitCode;

use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let (input, name, folder, small) = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [input, name, folder] => (input, name, folder, false),
        [input, name, folder, "--small"] => (input, name, folder, true),
        _ => {
            eprintln!("samplan-bindgen <wasm> <name> <folder> [--small]");
            return ExitCode::from(2);
        }
    };
    let mut bindgen = Bindgen::new();
    let bound = bindgen.web(true).and_then(|bindgen| {
        bindgen
            .input_path(input)
            .out_name(name)
            .typescript(false)
            .remove_name_section(small)
            .remove_producers_section(small)
            .generate(folder)
    });
    match bound {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:?}");
            ExitCode::FAILURE
        }
    }
}
